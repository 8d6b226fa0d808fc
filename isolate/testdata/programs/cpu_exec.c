// Starts itself over and over.
// expect: CPULimit
// cpu: 300ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char *args[] = { "again", NULL };
	execv("/proc/self/exe", args);
	return 1;
}

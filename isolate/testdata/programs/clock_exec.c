// Works, and becomes another program: the account goes on.
// expect: Exited 0
// least cpu: 200ms
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "again"))
		return 0;
	burn(200);
	char *args[] = { "x", "again", NULL };
	execv("/proc/self/exe", args);
	return 1;
}

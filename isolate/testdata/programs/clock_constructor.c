// Works before main.
// expect: Exited 0
// least cpu: 200ms
// leaves: nothing
#include "hostile.h"
__attribute__((constructor)) static void early(void) { burn(200); }
int main(void)
{
	return 0;
}

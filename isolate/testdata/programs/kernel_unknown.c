// Calls what no kernel has, or this filter does not know.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (long nr = 463; nr < 1024; nr++)
		ABSENT(syscall(nr, 0, 0, 0, 0, 0, 0));
	DEADLY(syscall(-2, 0, 0, 0, 0, 0, 0)); /* a number of x32 by its bits */
	ABSENT(syscall(0x3fffffff, 0, 0, 0, 0, 0, 0));
	return 0;
}

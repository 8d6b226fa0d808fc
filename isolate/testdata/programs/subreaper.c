// Reaps its own orphans, asks for signals at its parent's death, and leaves them spinning.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, 0);
		setsid();
		if (fork() == 0)
			for (;;)
				;
		_exit(0);
	}
	wait(NULL);
	return 0;
}

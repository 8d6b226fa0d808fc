// Leaves processes for the next run, which looks for them.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int others = 0;
	for (int pid = 2; pid < 1000; pid++)
		others += pid != getpid() && kill(pid, 0) == 0;
	if (others)
		HOLE("%d others are here\n", others);
	for (int i = 0; i < 5; i++)
		if (fork() == 0) {
			setsid();
			for (;;)
				pause();
		}
	return 0;
}

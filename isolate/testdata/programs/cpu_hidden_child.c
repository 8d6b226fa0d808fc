// Lets a child do the work, never waits for it, and ends well within wait4's sight of CPU time.
// expect: CPULimit
// cpu: 300ms
#include <time.h>
#include <unistd.h>
int main(void)
{
	if (fork() == 0)
		for (;;)
			;
	struct timespec wait = { 2, 0 };
	nanosleep(&wait, 0);
	return 0;
}

// Lets a child do the work, never waits for it, and ends well within wait4's sight of CPU time.
// expect: CPULimit
// cpu: 300ms
#include <time.h>
#include <unistd.h>
int main(void)
{
	clockid_t clock;
	struct timespec wait = { 0, 10000000 }, used;
	pid_t child = fork();
	if (child == 0)
		for (;;)
			;
	clock_getcpuclockid(child, &clock);
	do { /* on a busy host it takes a while */
		nanosleep(&wait, 0);
		clock_gettime(clock, &used);
	} while (used.tv_sec < 2);
	return 0;
}

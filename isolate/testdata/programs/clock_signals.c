// Works in signal handlers.
// expect: CPULimit
// cpu: 300ms
// leaves: nothing
#include "hostile.h"
static void handler(int signal) { (void)signal; burn(5); }
int main(void)
{
	struct itimerval often = { { 0, 1000 }, { 0, 1000 } };
	signal(SIGALRM, handler);
	setitimer(ITIMER_REAL, &often, NULL);
	for (;;)
		pause();
}

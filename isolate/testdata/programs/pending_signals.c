// Queues blocked signals, and makes timers, until no more go: the kernel counts them on its user's account.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct rlimit most = { RLIM_INFINITY, RLIM_INFINITY };
	sigset_t all;
	timer_t timer;
	int n = 0;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	REFUSED(setrlimit(RLIMIT_SIGPENDING, &most));
	while (n <= 256 && sigqueue(getpid(), SIGRTMIN, (union sigval){ 0 }) == 0)
		n++;
	if (n > 256)
		HOLE("%d signals\n", n);
	REFUSED(timer_create(CLOCK_MONOTONIC, NULL, &timer));
	return 0;
}

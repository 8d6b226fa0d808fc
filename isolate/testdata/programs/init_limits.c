// Takes from its init what a process may take from another one of its user: limits, urgency, its core.
// expect: Exited 0 or Signaled SIGKILL
// leaves: nothing
#include "hostile.h"
static void orphan(void)
{
	pid_t child = fork();
	if (child == 0) {
		if (fork() == 0)
			raise(SIGSTOP);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}
int main(void)
{
	struct sched_param none = { 0 };
	cpu_set_t all;
	memset(&all, 0xff, sizeof all);
	for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
		struct rlimit nothing = { 0, 0 };
		prlimit(1, resource, &nothing, NULL);
	}
	setpriority(PRIO_PROCESS, 1, 19);
	sched_setscheduler(1, SCHED_IDLE, &none);
	sched_setparam(1, &none);
	sched_setaffinity(1, sizeof all, &all);
	syscall(SYS_ioprio_set, 1, 1, 3 << 13);
	syscall(SYS_move_pages, 1, 0, NULL, NULL, NULL, 0);
	syscall(SYS_migrate_pages, 1, 0, NULL, NULL);
	setpgid(1, 0);
	for (int i = 0; i < 5; i++)
		orphan();
	for (int i = 0; i < 400; i++) { /* each stop and each going on wakes init */
		kill(-1, SIGSTOP);
		kill(-1, SIGCONT);
		doze(1);
	}
	return 0;
}

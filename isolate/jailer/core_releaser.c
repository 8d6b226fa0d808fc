/*
 * core_releaser.c - the process that gives the host its cores back when the judge is killed.
 *
 * A control group can reserve cores, and keeps them even when it holds no process any more. So next
 * to a judge with exclusive cores this process waits, under the name "judge-releaser", until the
 * judge's end of a pipe is closed. The kernel closes it however the judge ends.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	PIPE = 3,
	PARTITION = 4, /* the group's cpuset.cpus.partition */
};

__attribute__((constructor)) static void release_cores(int argc, char **argv)
{
	static const char member[] = "member"; /* see Documentation/admin-guide/cgroup-v2.rst, cpuset.cpus.partition */
	sigset_t all;
	char byte;

	if (argc != 1 || strcmp(argv[0], "judge-releaser") != 0)
		return;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	prctl(PR_SET_NAME, "judge-releaser");
	syscall(SYS_close_range, PARTITION + 1, ~0U, 0);
	while (read(PIPE, &byte, 1) < 0 && errno == EINTR)
		;
	_exit(write(PARTITION, member, strlen(member)) < 0);
}

// Asks for core files in every way, and dies: no core is written, and no handler of the host's is started.
// expect: Signaled SIGABRT
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	struct rlimit want = { 0, 0 }, now;
	setrlimit(RLIMIT_CORE, &want);
	prlimit(0, RLIMIT_CORE, &want, NULL);
	prlimit(getpid(), RLIMIT_CORE, &want, NULL);
	syscall(SYS_setrlimit, RLIMIT_CORE | 1L << 32, &want);
	syscall(SYS_prlimit64, 0, RLIMIT_CORE | 1L << 32, &want, NULL);
	prctl(PR_SET_DUMPABLE, 1);
	if (getrlimit(RLIMIT_CORE, &now) < 0 || now.rlim_cur != 1 || now.rlim_max != 1)
		return 1;
	want = (struct rlimit){ 64, 64 };
	if (setrlimit(RLIMIT_NOFILE, &want) < 0 || getrlimit(RLIMIT_NOFILE, &now) < 0 || now.rlim_cur != 64)
		return 2;
	abort();
}

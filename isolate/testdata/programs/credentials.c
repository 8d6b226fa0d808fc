// Is nobody: no capability, none to be had, no new privileges, its own session, no core files.
// expect: Exited 0
#define _GNU_SOURCE
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct caps[2];
	uid_t r, e, s;
	gid_t group;
	if (getresuid(&r, &e, &s) < 0 || r == 0 || e != r || s != r || getgid() != r || getgroups(1, &group) != 0)
		return 1;
	if (syscall(SYS_capget, &header, caps) < 0 || caps[0].permitted || caps[1].permitted || caps[0].inheritable)
		return 2;
	for (int cap = 0; cap <= 40; cap++)
		if (prctl(PR_CAPBSET_READ, cap) == 1)
			return 3;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 || prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 2)
		return 4;
	if (getsid(0) != getpid() || getpid() == 1 || getppid() != 1)
		return 5;
	struct rlimit core;
	if (getrlimit(RLIMIT_CORE, &core) < 0 || core.rlim_max != 1)
		return 6;
	sigset_t blocked;
	sigprocmask(SIG_BLOCK, 0, &blocked);
	for (int signal = 1; signal < 32; signal++) {
		struct sigaction action;
		if (sigismember(&blocked, signal) == 1 || (sigaction(signal, 0, &action) == 0 && action.sa_handler != SIG_DFL))
			return 7;
	}
	if (setuid(0) == 0 || setgid(0) == 0)
		return 8;
	return 0;
}

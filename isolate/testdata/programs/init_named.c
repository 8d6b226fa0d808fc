// Names its init, which may have its own user: nothing that changes a process reaches pid 1, as if there were none.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
#define NOBODY(call) do { \
	errno = 0; \
	if ((long)(call) != -1 || errno != ESRCH) \
		HOLE("line %d: not ESRCH: %s\n", __LINE__, #call); \
} while (0)

static const long ones[] = { 1, 1 | 1l << 32, 1 | -1l << 32 }; /* the kernel looks at 32 bits */

static void signals(long init)
{
	siginfo_t info = { .si_code = -60 };
	for (int s = 0; s < 65; s++) {
		info.si_signo = s;
		NOBODY(syscall(SYS_kill, init, s));
		NOBODY(syscall(SYS_tkill, init, s));
		NOBODY(syscall(SYS_tgkill, init, 1, s));
		NOBODY(syscall(SYS_tgkill, getpid(), init, s));
		NOBODY(syscall(SYS_rt_sigqueueinfo, init, s, &info));
		NOBODY(syscall(SYS_rt_tgsigqueueinfo, init, 1, s, &info));
	}
	NOBODY(syscall(SYS_pidfd_open, init, 0));
	NOBODY(fcntl(0, F_SETOWN, init));
}

static void rules(long init)
{
	struct rlimit none = { 0, 0 };
	struct sched_param param = { 0 };
	struct { uint32_t size, policy; uint64_t rest[5]; } idle = { 48, 5 };
	unsigned long cores = ~0ul;
	for (int resource = 0; resource < 16; resource++)
		NOBODY(syscall(SYS_prlimit64, init, resource, &none, NULL));
	for (int which = 0; which < 2; which++)
		NOBODY(syscall(SYS_setpriority, which, init, 19));
	NOBODY(syscall(SYS_sched_setscheduler, init, SCHED_IDLE, &param));
	NOBODY(syscall(SYS_sched_setparam, init, &param));
	NOBODY(syscall(SYS_sched_setattr, init, &idle, 0));
	syscall(SYS_sched_setaffinity, init, sizeof cores, &cores); /* says that it did, and does nothing */
	REFUSED(syscall(SYS_setpgid, init, getpid()));
	REFUSED(syscall(SYS_setpgid, init, 0));
	REFUSED(syscall(SYS_ioprio_set, 1, init, 3 << 13));
	REFUSED(syscall(SYS_wait4, init, NULL, WNOHANG, NULL));
}

int main(void)
{
	for (unsigned i = 0; i < sizeof ones / sizeof *ones; i++) {
		signals(ones[i]);
		rules(ones[i]);
	}
	REFUSED(open("/proc/1", O_RDONLY | O_DIRECTORY)); /* as good as a pidfd */
	REFUSED(syscall(SYS_pidfd_send_signal, open("/proc/1", O_PATH), SIGKILL, NULL, 0));
	REFUSED(setpriority(PRIO_USER, 0, 19)); /* init's user may be ours */
	REFUSED(setpriority(PRIO_USER, getuid(), 19));
	return 0;
}

// Makes the calls that making a jail takes, with the permit, which no program knows: it has no right to any of them.
// expect: Exited 0
// given: the permit
// leaves: nothing
#include "hostile.h"
#include <sys/mount.h>

static long permit;

static long with(long number, long a, long b, long c, long d, long e)
{
	return syscall(number, a, b, c, d, e, permit);
}

struct clone_request { uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, rest[6]; };

/* A child that has asked for these flags and is there ends at once. */
static long child(uint64_t flags)
{
	struct clone_request request = { .flags = flags, .exit_signal = SIGCHLD };
	long pid = with(SYS_clone3, (long)&request, sizeof request, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	return pid;
}

static void mounts(void)
{
	const long tmpfs = MS_NOSUID | MS_NODEV;
	REFUSED(with(SYS_mount, (long)"box", (long)"/box", (long)"tmpfs", tmpfs, (long)"size=1M"));
	REFUSED(with(SYS_mount, (long)"proc", (long)"/proc", (long)"proc", tmpfs | MS_NOEXEC, 0));
	DEADLY(with(SYS_mount, (long)"/", (long)"/box", 0, MS_BIND, 0));
	DEADLY(with(SYS_mount, 0, (long)"/", 0, MS_REC | MS_PRIVATE, 0));
	DEADLY(with(SYS_mount, 0, (long)"/prog", 0, MS_REMOUNT | MS_BIND, 0));
	DEADLY(with(SYS_mount, 0, (long)"/prog", 0, MS_REMOUNT | MS_BIND | tmpfs, 0));
}

static void namespaces(void)
{
	const uint64_t all[] = { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS,
		CLONE_NEWCGROUP, 0x80 /* CLONE_NEWTIME */ };
	for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
		REFUSED(child(all[i]));
		REFUSED(child(all[i] | CLONE_NEWUSER));
		REFUSED(child(all[i] | CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID));
		if (all[i] != CLONE_NEWCGROUP)
			DEADLY(with(SYS_unshare, all[i], 0, 0, 0, 0));
		DEADLY(with(SYS_unshare, all[i] | CLONE_NEWUSER, 0, 0, 0, 0));
	}
	REFUSED(with(SYS_unshare, CLONE_NEWCGROUP, 0, 0, 0, 0));
}

int main(int argc, char **argv)
{
	permit = strtoull(argv[2], NULL, 10);
	if (child(0) <= 0)
		HOLE("this is not the permit: errno %d\n", errno);
	mounts();
	namespaces();
	return 0;
}

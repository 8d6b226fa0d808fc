/*
 * root.c - the part of a jail that carries no state and is therefore prepared once: the read-only root with all its
 * mounts, an empty network namespace, and what is inherited over fork (bounding set, resource limits, huge pages, keyring).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "jailer.h"

/*
 * The network namespace is new and stays empty: loopback is down, and nothing in a jail may configure it. A jailer has
 * one program running at a time, so no two programs ever share it.
 */
int step_unshare(void)
{
	return unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC) < 0 ? errno : 0;
}

int step_hostname(void)
{
	return sethostname("jail", 4) < 0 || setdomainname("", 0) < 0 ? errno : 0;
}

/* Nothing mounted from here on reaches the host, and nothing the host mounts reaches the jails. */
int step_private(void)
{
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ? errno : 0;
}

static int place; /* of the root in the end, see step_pivot */

/*
 * Attaches the root, a tmpfs that Go made and filled, to a directory that every Linux has, and beneath it an empty
 * tmpfs with its place in the end.
 */
int step_root(int root)
{
	if (mount("jail", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=2,mode=0555") < 0)
		return errno;
	if (mkdir("/proc/root", 0555) < 0)
		return errno;
	if ((place = open("/proc/root", O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0)
		return errno;
	return move_mount(root, "", AT_FDCWD, "/proc", MOVE_MOUNT_F_EMPTY_PATH) < 0 ? errno : 0;
}

/* Shows a part of the stage, read-only. The judge's own mount of it stays writable. */
static int open_staged(int stage, const char *path)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOATIME,
		.attr_clr = MOUNT_ATTR__ATIME };
	int tree = open_tree(stage, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);
	if (tree < 0)
		return -1;
	return mount_setattr(tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) < 0 ? -1 : tree;
}

/*
 * Attaches the mounts, whose attributes (read-only, nosuid, nodev) Go has set already, to their places in the root,
 * and shows parts of the stage. To be copied, a mount must be in this namespace: the stage is at /box meanwhile. The
 * root is at /proc here.
 */
int step_mounts(int root, int stage, const struct wire_setup *setup, const int *mounts)
{
	if (move_mount(stage, "", root, "box", MOVE_MOUNT_F_EMPTY_PATH) < 0)
		return errno;
	struct open_how how = {
		.flags = O_PATH | O_CLOEXEC | O_NOFOLLOW,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	for (unsigned i = 0; i < setup->mounts; i++) {
		int target = syscall(SYS_openat2, root, setup->targets[i], &how, sizeof how);
		if (target < 0)
			return errno;
		int tree = setup->staged[i] ? open_staged(stage, setup->targets[i]) : *mounts++;
		if (tree < 0 || move_mount(tree, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) < 0)
			return errno;
		close(target);
		close(tree);
	}
	if (umount2("/proc/box", MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
		return errno;
	close(stage);
	return 0;
}

/*
 * In a user namespace the kernel mounts /proc only for who sees one already, all of it (mount_too_revealing in
 * fs/namespace.c). So the root gets the one of this jailer's own pid namespace, in which nobody else is; each jail mounts
 * its own over it. The root is at /proc here.
 */
int step_proc_in_sight(const struct wire_setup *setup)
{
	if (!setup->user_namespace)
		return 0;
	return mount("proc", "/proc/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid,hidepid=ptraceable") < 0 ? errno : 0;
}

/*
 * Makes the root the root of this process and drops the host's, see pivot_root(2), NOTES: pivot_root(".", ".").
 *
 * The root of the mount namespace is the empty tmpfs. In a process whose root is another, as after chroot(2), the
 * kernel makes no user namespace, whatever call asks for it (current_chrooted in kernel/user_namespace.c).
 */
int step_pivot(int root)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV };
	if (mount_setattr(root, "", AT_EMPTY_PATH, &attributes, sizeof attributes) < 0)
		return errno;
	if (move_mount(root, "", place, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) < 0)
		return errno;
	if (chdir("/proc") < 0 || syscall(SYS_pivot_root, ".", ".") < 0)
		return errno;
	if (umount2(".", MNT_DETACH) < 0 || mount_setattr(AT_FDCWD, "/", 0, &attributes, sizeof attributes) < 0)
		return errno;
	if (fchdir(root) < 0 || chroot(".") < 0)
		return errno;
	close(place);
	close(root);
	return 0;
}

/* The bounding set says what exec can ever give; the jailer itself keeps its capabilities, it never execs. */
int step_bounding(void)
{
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return errno;
	for (int cap = 0; cap <= CAP_LAST_CAP || prctl(PR_CAPBSET_READ, cap) >= 0; cap++)
		if (prctl(PR_CAPBSET_DROP, cap) < 0 && errno != EINVAL) /* EINVAL: an older kernel does not know it */
			return errno;
	return 0;
}

/*
 * As many as this process may have, and before a message comes with more than the soft limit lets in. A program's are
 * fewer, see step_open_files.
 */
int step_own_files(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return errno;
	files.rlim_cur = files.rlim_max;
	return setrlimit(RLIMIT_NOFILE, &files) < 0 ? errno : 0;
}

/*
 * Limits that are the same for every program. Never a bound on RLIMIT_AS or RLIMIT_DATA: idle runtimes map gigabytes; and
 * none on RLIMIT_NPROC, which counts per user: the pids cgroup counts per jail. Where root has no CAP_SYS_RESOURCE, a
 * hard limit of the host stays: the judge has checked that it leaves room.
 *
 * What counts per user is small: the kernel adds it up over all users of a user namespace, and what the jails of a
 * judge may have together must leave room for the user who runs it. How many files may be open is set before exec,
 * see step_open_files.
 */
int step_rlimits(void)
{
	static const struct { int resource; struct rlimit limit; } limits[] = {
		{ RLIMIT_CORE, { 1, 1 } }, /* not even to a handler, which 0 would let run: core(5) */
		{ RLIMIT_MEMLOCK, { 0, 0 } },
		{ RLIMIT_NICE, { 0, 0 } },
		{ RLIMIT_RTPRIO, { 0, 0 } },
		{ RLIMIT_MSGQUEUE, { 0, 0 } },
		{ RLIMIT_SIGPENDING, { 256, 256 } },
		{ RLIMIT_NPROC, { RLIM_INFINITY, RLIM_INFINITY } },
		{ RLIMIT_STACK, { RLIM_INFINITY, RLIM_INFINITY } },
		{ RLIMIT_FSIZE, { RLIM_INFINITY, RLIM_INFINITY } },
		{ RLIMIT_CPU, { RLIM_INFINITY, RLIM_INFINITY } },
		{ RLIMIT_AS, { RLIM_INFINITY, RLIM_INFINITY } },
		{ RLIMIT_DATA, { RLIM_INFINITY, RLIM_INFINITY } },
	};
	for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++) {
		struct rlimit now, wanted = limits[i].limit;
		if (setrlimit(limits[i].resource, &wanted) == 0)
			continue;
		if (errno != EPERM || getrlimit(limits[i].resource, &now) < 0)
			return errno;
		wanted.rlim_max = now.rlim_max;
		if (wanted.rlim_cur > wanted.rlim_max)
			wanted.rlim_cur = wanted.rlim_max;
		if (setrlimit(limits[i].resource, &wanted) < 0)
			return errno;
	}
	return 0;
}

/*
 * Whether the kernel has huge pages to give hangs on what ran before: the same program may take three times as long. Without
 * them all runs are alike. Exec keeps this, see PR_SET_THP_DISABLE in prctl(2), and the filter lets no program undo it.
 */
int step_huge_pages(void)
{
	return prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) < 0 ? errno : 0;
}

/* An anonymous session keyring, so that the user's is out of reach. The filter lets no program call keyctl anyway. */
int step_keyring(void)
{
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 && errno != ENOSYS) /* ENOSYS: a kernel without keys */
		return errno;
	return 0;
}

/*
 * The filter of the programs, which all that this jailer makes inherits, and it itself obeys: see kernel.h. no_new_privs, which is
 * inherited as well, lets whoever has no rights load one.
 */
int step_filter(const struct wire_filter *filter)
{
	struct sock_fprog program = { .len = filter->count, .filter = (struct sock_filter *)filter->instructions };
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return errno;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? errno : 0;
}

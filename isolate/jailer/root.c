/*
 * root.c - the part of a jail without state, which is prepared once: the read-only root with all
 * its mounts, an empty network namespace, and what fork inherits (bounding set, resource limits,
 * huge pages, keyring).
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
 * The network namespace is new and stays empty: loopback is down, and no process of a jail may
 * configure it. A jailer has one running program at a time, so no two programs share it.
 */
int step_unshare(void)
{
	return unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC) < 0 ? errno : 0;
}

int step_hostname(void)
{
	return sethostname("jail", 4) < 0 || setdomainname("", 0) < 0 ? errno : 0;
}

/* No mount from here on reaches the host, and no mount of the host reaches the jails. */
int step_private(void)
{
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ? errno : 0;
}

static int place; /* of the root in the end, see step_pivot */

/*
 * Attaches the root, a tmpfs that Go has created and filled, to a directory that every Linux has,
 * and below it an empty tmpfs with its final place.
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

/* Shows a part of the stage read-only. The judge's own mount of it stays writable. */
static int open_staged(int stage, const char *path)
{
	struct mount_attr attributes = {
		.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOATIME,
		.attr_clr = MOUNT_ATTR__ATIME,
	};
	int tree = open_tree(stage, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);
	if (tree < 0)
		return -1;
	return mount_setattr(tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) < 0 ? -1 : tree;
}

/*
 * Attaches the mounts to their targets in the root, and shows parts of the stage. Go has set the
 * attributes of the mounts already (read-only, nosuid, nodev). A mount must be in this namespace to
 * be copied, so the stage is at /box in the meantime. The root is at /proc here.
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
 * In a user namespace the kernel mounts /proc only if another one is visible, all of it
 * (mount_too_revealing in fs/namespace.c). So the root gets the /proc of this jailer's own pid
 * namespace, which holds no other process. Each jail mounts its own over it. The root is at /proc
 * here.
 */
int step_proc_in_sight(const struct wire_setup *setup)
{
	if (!setup->user_namespace)
		return 0;
	const char *options = "subset=pid,hidepid=ptraceable";
	if (mount("proc", "/proc/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, options) < 0)
		return errno;
	return 0;
}

/*
 * Makes the root the root of this process and drops the host's, see pivot_root(2), NOTES:
 * pivot_root(".", ".").
 *
 * The root of the mount namespace is the empty tmpfs. For a process with another root, as after
 * chroot(2), the kernel creates no user namespace, by whatever call (current_chrooted in
 * kernel/user_namespace.c).
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

/*
 * The bounding set limits what exec can ever give. The jailer itself keeps its capabilities, as it
 * never calls exec.
 */
int step_bounding(void)
{
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return errno;
	for (int cap = 0; cap <= CAP_LAST_CAP || prctl(PR_CAPBSET_READ, cap) >= 0; cap++)
		if (prctl(PR_CAPBSET_DROP, cap) < 0 && errno != EINVAL) /* EINVAL: unknown to an older kernel */
			return errno;
	return 0;
}

/*
 * Raises the limit as far as possible, before a message with more descriptors than the soft limit
 * arrives. A program gets a lower one, see step_open_files.
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
 * Sets the limits that are the same for every program. There is none on RLIMIT_AS or RLIMIT_DATA,
 * because idle runtimes map gigabytes, and none on RLIMIT_NPROC, which counts per user: the pids
 * cgroup counts per jail. Where root has no CAP_SYS_RESOURCE, a hard limit of the host stays; the
 * judge has checked that it leaves room.
 *
 * Limits that count per user are small: the kernel adds up all users of a user namespace, and all
 * jails of a judge together must leave room for the user who runs it. The limit on open files is
 * set before exec, see step_open_files.
 */
int step_rlimits(void)
{
	static const struct { int resource; struct rlimit limit; } limits[] = {
		{ RLIMIT_CORE, { 1, 1 } }, /* not even to a handler, which 0 would start: core(5) */
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
 * Whether the kernel has huge pages to give depends on what ran before, and the same program may
 * take three times as long. Without them all runs are alike. Exec keeps this, see
 * PR_SET_THP_DISABLE in prctl(2), and the filter lets no program undo it.
 */
int step_huge_pages(void)
{
	return prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) < 0 ? errno : 0;
}

/*
 * An anonymous session keyring, so that the user's is out of reach. The filter lets no program call
 * keyctl in addition.
 */
int step_keyring(void)
{
	/* ENOSYS: a kernel without keys */
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 && errno != ENOSYS)
		return errno;
	return 0;
}

/*
 * Loads the filter of the programs. All processes that this jailer makes inherit it, and the jailer
 * itself obeys it, see kernel.h. no_new_privs, which is inherited as well, allows a process without
 * rights to load one.
 */
int step_filter(const struct wire_filter *filter)
{
	struct sock_fprog program = { .len = filter->count, .filter = (struct sock_filter *)filter->instructions };
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return errno;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? errno : 0;
}

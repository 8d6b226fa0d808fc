/*
 * userns.c - enters a user namespace, for an ordinary user, before the Go runtime exists: a process
 * with threads cannot (unshare(2), EINVAL). enter.go restarts the program with an environment
 * variable that holds the request. The constructor below carries it out and writes the result
 * there. In the new namespace the process may do all that a jail needs to its own namespaces and
 * mounts, and nothing to the host's.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define VARIABLE "JUDGE_USER_NAMESPACE=" /* as in enter.go */

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), error = 0;
	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		error = errno;
	close(fd);
	return error;
}

/*
 * The mapping that user_namespaces(7) allows everyone: the user's own ids, and no change of
 * supplementary groups.
 */
static int map_one(unsigned inside, unsigned uid, unsigned gid)
{
	char map[64];
	int error = put("/proc/self/setgroups", "deny");
	if (error)
		return error;
	snprintf(map, sizeof map, "%u %u 1", inside, uid);
	if ((error = put("/proc/self/uid_map", map)))
		return error;
	snprintf(map, sizeof map, "%u %u 1", inside, gid);
	return put("/proc/self/gid_map", map);
}

/*
 * The mapper waits outside with newuidmap(1) and newgidmap(1), which may map a user's subordinate
 * ids.
 */
static int map_many(int pipe, pid_t mapper)
{
	int status;
	if (write(pipe, "\n", 1) != 1)
		return errno;
	close(pipe);
	if (waitpid(mapper, &status, 0) != mapper)
		return errno;
	return status == 0 ? 0 : ENOEXEC;
}

/*
 * A namespace has a third map, which jails do not need. Any process in the namespace may write it,
 * once, and what one program wrote another could read. So it is written now. If that is refused,
 * the map stays empty: the outer namespace has none, and then nobody can write it.
 */
static void fill_project_ids(void)
{
	put("/proc/self/projid_map", "0 0 1");
}

/*
 * A user other than 0 keeps its capabilities over exec only as ambient ones, see capabilities(7).
 * The jailer is started by exec.
 */
static int keep_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct caps[2];
	if (syscall(SYS_capget, &header, caps) < 0)
		return errno;
	for (int i = 0; i < 2; i++)
		caps[i].inheritable = caps[i].permitted;
	if (syscall(SYS_capset, &header, caps) < 0)
		return errno;
	for (int cap = 0; cap < 64; cap++)
		if (caps[cap / 32].permitted & 1u << cap % 32 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0)
			return errno;
	return 0;
}

/*
 * Go has written how, with numbers for scanf: "one UID" or "many PIPE PID", and room for the
 * answer.
 */
static const char *enter(const char *how, int *error)
{
	unsigned inside, uid = geteuid(), gid = getegid();
	int pipe, mapper;
	int one = sscanf(how, "one %u", &inside) == 1;
	if (!one && sscanf(how, "many %d %d", &pipe, &mapper) != 2) {
		*error = EINVAL;
		return "read";
	}
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) {
		*error = errno;
		return "unshare";
	}
	if ((*error = one ? map_one(inside, uid, gid) : map_many(pipe, mapper)))
		return "map";
	fill_project_ids();
	if (one && (*error = keep_capabilities()))
		return "capabilities";
	return NULL;
}

__attribute__((constructor)) static void user_namespace(int argc, char **argv, char **envp)
{
	(void)argc, (void)argv;
	for (; *envp; envp++) {
		char *value = *envp + sizeof VARIABLE - 1;
		int error = 0;
		if (strncmp(*envp, VARIABLE, sizeof VARIABLE - 1) != 0)
			continue;
		if (strncmp(value, "one ", 4) != 0 && strncmp(value, "many ", 5) != 0)
			return; /* an answer already: this is a child of a process that has entered */
		const char *failed = enter(value, &error);
		snprintf(value, strlen(value) + 1, "%s %d", failed ? failed : "done", error);
		return;
	}
}

/*
 * jail.c - one jail: its init (pid 1 of the namespaces) and the program's process until exec.
 *
 * Init mounts what is private to this jail, starts the program's process and from then on only reaps. It is not the
 * program, because a pid 1 ignores signals that it does not handle, its own SIGABRT included, and because orphans need
 * someone to reap them. When the program ends, init reports and exits, and the kernel kills whatever is left in the pid
 * namespace.
 *
 * The program's process shares init's memory until exec (CLONE_VM | CLONE_VFORK: no page table is copied), makes itself
 * as weak as the program must be, says that it is ready, and waits. All of that happens before the judge needs it; from
 * "go" to exec there is only what depends on the command. The CPU time of the set-up is known to the judge, which reads
 * the cgroup's clock while the process waits.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "jailer.h"

/* One jail a process: these belong to this init alone, its memory is its own copy. */
static struct wire_exec request;
static char strings[WIRE_STRINGS];
static char *pointers[WIRE_POINTERS + 2];
static char stack[64 * 1024] __attribute__((aligned(16)));
static struct timespec started;

struct program {
	const struct jail *jail;
	int fds[2]; /* for the judge: pidfd of init, working directory */
};

static _Noreturn void fail(int socket, enum step step, int error)
{
	struct wire_reply reply = { .step = step, .error = error };
	send_message(socket, &reply, sizeof reply, NULL, 0);
	_exit(127);
}

/* If the jailer dies, so does this jail. A jailer that is gone already has closed the judge's end of our socket. */
static int step_death_signal(void)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0)
		return errno;
	return signal(SIGCHLD, SIG_DFL) == SIG_ERR ? errno : 0; /* the jailer's says that children reap themselves */
}

/* The one place where a program can write: a tmpfs with its working directory, /tmp and /dev/shm. */
static int step_scratch(const struct jail *jail)
{
	umask(0);
	if (mount("box", "/box", "tmpfs", MS_NOSUID | MS_NODEV, jail->options) < 0)
		return errno;
	if (mkdir("/box/work", 0700) < 0 || chown("/box/work", jail->uid, jail->uid) < 0)
		return errno;
	if (mkdir("/box/tmp", 01777) < 0 || mkdir("/box/shm", 01777) < 0)
		return errno;
	umask(022);
	return 0;
}

/* /proc shows the jail's processes and nothing else of the kernel, and not even this init. */
static int step_proc(void)
{
	return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid,hidepid=invisible") < 0 ? errno : 0;
}

static int step_cgroup(const struct jail *jail)
{
	for (int i = 0; i < jail->cgroup_count; i++)
		if (write(jail->cgroups[i], "0", 1) < 0)
			return errno;
	return 0;
}

/* Where the host's cpusets cannot be had this alone pins, so the filter lets no program undo it. */
static int step_core(unsigned cpu)
{
	static unsigned long set[128]; /* 8192 CPUs, as many as Linux can have */
	if (cpu >= 8 * sizeof set)
		return EINVAL;
	set[cpu / (8 * sizeof *set)] = 1ul << cpu % (8 * sizeof *set);
	return syscall(SYS_sched_setaffinity, 0, sizeof set, set) < 0 ? errno : 0;
}

static int drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2];
	memset(none, 0, sizeof none);
	return syscall(SYS_capset, &header, none) < 0 ? errno : 0;
}

/*
 * Leaving uid 0 drops every capability, see capabilities(7), but where all jails have one user it is not uid 0 that is
 * left. The bounding set is empty since the jailer's start.
 */
static int step_credentials(const struct jail *jail)
{
	unsigned uid = jail->uid;
	if (!jail->keep_groups && setgroups(0, NULL) < 0)
		return errno;
	if (setresgid(uid, uid, uid) < 0 || setresuid(uid, uid, uid) < 0)
		return errno;
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 || drop_capabilities() != 0)
		return errno;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? errno : 0;
}

static int step_filter(const struct wire_filter *filter)
{
	struct sock_fprog program = { .len = filter->count, .filter = (struct sock_filter *)filter->instructions };
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? errno : 0;
}

/* Nothing but 0, 1 and 2 outlives exec. */
static int step_descriptors(const struct descriptors *fds)
{
	if (fds->count != 3)
		return EBADMSG;
	for (int i = 0; i < 3; i++)
		if (dup2(fds->fd[i], i) < 0)
			return errno;
	return syscall(SYS_close_range, 3, ~0U, 1 << 2 /* CLOSE_RANGE_CLOEXEC */) < 0 ? errno : 0;
}

static int step_limits(void)
{
	struct rlimit stack_limit = { request.stack, request.stack };
	struct rlimit file_limit = { request.file_size, request.file_size };
	if (setrlimit(RLIMIT_STACK, &stack_limit) < 0 || setrlimit(RLIMIT_FSIZE, &file_limit) < 0)
		return errno;
	return 0;
}

/* Receives what to run. */
static int receive_request(int socket, struct descriptors *fds)
{
	struct iovec parts[] = { { &request, sizeof request }, { strings, sizeof strings } };
	size_t size;
	int error = receive_parts(socket, parts, 2, &size, fds);
	if (error)
		return error;
	if (size < sizeof request || size - sizeof request != request.length || request.args == 0 ||
	    request.args > WIRE_POINTERS || request.envs > WIRE_POINTERS - request.args)
		return EBADMSG;
	return 0;
}

/* Fills pointers with args, NULL, envs, NULL. The judge has counted; a count that is off would show as EBADMSG. */
static int point(void)
{
	char *next = strings, *end = strings + request.length;
	unsigned slot = 0;
	for (unsigned i = 0; i < request.args + request.envs; i++) {
		char *nul = memchr(next, 0, end - next);
		if (!nul)
			return EBADMSG;
		if (i == request.args)
			pointers[slot++] = NULL;
		pointers[slot++] = next;
		next = nul + 1;
	}
	if (request.envs == 0)
		pointers[slot++] = NULL;
	pointers[slot] = NULL;
	return 0;
}

/* The program's process, from its birth to exec. */
static int program_main(void *argument)
{
	const struct program *program = argument;
	const struct jail *jail = program->jail;
	struct descriptors fds;
	int error;

	if ((error = step_cgroup(jail)))
		fail(jail->socket, STEP_CGROUP, error);
	if ((error = step_core(jail->cpu)))
		fail(jail->socket, STEP_CORE, error);
	if (unshare(CLONE_NEWCGROUP) < 0) /* the program's cgroup is the root of what it sees */
		fail(jail->socket, STEP_CGROUP_NS, errno);
	if (setsid() < 0)
		fail(jail->socket, STEP_SESSION, errno);
	if ((error = step_credentials(jail)))
		fail(jail->socket, STEP_CREDENTIALS, error);
	if ((error = step_filter(jail->filter)))
		fail(jail->socket, STEP_FILTER, error);

	struct wire_reply ready = { .step = STEP_NONE };
	if (send_message(jail->socket, &ready, sizeof ready, program->fds, 2))
		_exit(127); /* the judge is gone */
	if ((error = receive_request(jail->socket, &fds)))
		_exit(127); /* the judge no longer needs this jail, or is gone */

	if ((error = step_limits()))
		fail(jail->socket, STEP_LIMITS, error);
	if ((error = point()))
		fail(jail->socket, STEP_RECEIVE, error);
	if (chdir("/box/work") < 0)
		fail(jail->socket, STEP_DIRECTORY, errno);
	int socket = fcntl(jail->socket, F_DUPFD_CLOEXEC, 3); /* 0, 1 and 2 are about to be replaced */
	if (socket < 0 || (error = step_descriptors(&fds)))
		fail(jail->socket, STEP_DESCRIPTORS, socket < 0 ? errno : error);
	clock_gettime(CLOCK_MONOTONIC, &started);
	execve(pointers[0], pointers, pointers + request.args + 1);
	fail(socket, STEP_EXEC, errno);
}

/* Reaps until the program itself ends, and reports. */
static _Noreturn void reap(int socket, pid_t program)
{
	struct wire_end end = { 0 };
	struct timespec now;
	for (;;) {
		int status;
		pid_t pid = waitpid(-1, &status, __WALL);
		if (pid < 0 && errno != EINTR)
			_exit(126);
		if (pid != program)
			continue;
		clock_gettime(CLOCK_MONOTONIC, &now);
		end.status = status;
		if (started.tv_sec || started.tv_nsec)
			end.nanoseconds = (uint64_t)(now.tv_sec - started.tv_sec) * 1000000000u + now.tv_nsec - started.tv_nsec;
		send_message(socket, &end, sizeof end, NULL, 0);
		_exit(0);
	}
}

int jail_main(void *argument)
{
	const struct jail *jail = argument;
	int error;

	if ((error = step_death_signal()))
		fail(jail->socket, STEP_DEATH_SIGNAL, error);
	if ((error = step_scratch(jail)))
		fail(jail->socket, STEP_SCRATCH, error);
	if ((error = step_proc()))
		fail(jail->socket, STEP_PROC, error);
	struct program program = { .jail = jail };
	program.fds[0] = syscall(SYS_pidfd_open, getpid(), O_NONBLOCK); /* so that Go's poller takes it */
	if (program.fds[0] < 0)
		fail(jail->socket, STEP_PIDFD, errno);
	program.fds[1] = open("/box/work", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (program.fds[1] < 0)
		fail(jail->socket, STEP_WORK, errno);
	pid_t pid = clone(program_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &program);
	if (pid < 0)
		fail(jail->socket, STEP_SPAWN, errno);
	/* CLONE_VFORK: here the program has been started, or has failed and said so. */
	drop_capabilities(); /* init needs no rights any more to wait and to send */
	close(program.fds[0]);
	close(program.fds[1]);
	for (int i = 0; i < jail->cgroup_count; i++)
		close(jail->cgroups[i]);
	reap(jail->socket, pid);
}

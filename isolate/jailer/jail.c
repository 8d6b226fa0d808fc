/*
 * jail.c - one jail: its init (pid 1 of the namespaces) and the program's process until exec.
 *
 * Init mounts the private file systems of this jail, starts the program's process and from then on
 * only reaps. It is not the program, because a pid 1 ignores signals that it does not handle, its
 * own SIGABRT included, and because orphans need a process that reaps them. When the program ends,
 * init reports and exits, and the kernel kills all that is left in the pid namespace.
 *
 * Both share the jailer's memory, init for good and the program's process until exec (CLONE_VM: no
 * page table is copied). So they write only to their jail_memory and their stacks. The program's
 * process drops all rights that the program must not have, reports that it is ready, and waits. All
 * of that happens before the judge needs it; from "go" to exec there is only what depends on the
 * command. The judge knows the CPU time of the set-up, because it reads the cgroup's clock while
 * the process waits.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
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
#include "kernel.h"

static _Noreturn void end(int status)
{
	for (;;)
		kernel(SYS_exit_group, status);
}

static _Noreturn void fail(int socket, enum step step, int error)
{
	struct wire_reply reply = { .step = step, .error = error };
	send_message(socket, &reply, sizeof reply, NULL, 0);
	end(127);
}

/* The kernel's struct sigaction, see rt_sigaction(2). */
struct action {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

/*
 * If the jailer dies, so does this jail. If it is dead already, the judge's end of the socket is
 * closed.
 */
static int step_death_signal(void)
{
	struct action standard = { .handler = SIG_DFL }; /* the jailer's makes children reap themselves */
	int error;
	if ((error = errno_of(kernel(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL))))
		return error;
	return errno_of(kernel(SYS_rt_sigaction, SIGCHLD, &standard, NULL, sizeof standard.mask));
}

/* The only place where a program can write: a tmpfs with its working directory, /tmp and /dev/shm. */
static int step_scratch(const struct jail_memory *memory)
{
	int error;
	kernel(SYS_umask, 0);
	unsigned long flags = MS_NOSUID | MS_NODEV;
	if ((error = errno_of(permitted(memory->permit, SYS_mount, "box", "/box", "tmpfs", flags, memory->options))))
		return error;
	if ((error = errno_of(kernel(SYS_mkdir, "/box/work", 0700))))
		return error;
	if ((error = errno_of(kernel(SYS_chown, "/box/work", memory->uid, memory->uid))))
		return error;
	if ((error = errno_of(kernel(SYS_mkdir, "/box/tmp", 01777))))
		return error;
	if ((error = errno_of(kernel(SYS_mkdir, "/box/shm", 01777))))
		return error;
	kernel(SYS_umask, 022);
	return 0;
}

/*
 * /proc shows only the jail's processes, without this init: hidepid=ptraceable, since
 * hidepid=invisible makes an exception for group 0, in which a user may be. It is read-only: some
 * of what can be written there outlives the process, such as the map of project ids of a user
 * namespace.
 */
static int step_proc(const struct jail_memory *memory)
{
	unsigned long flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
	const char *options = "subset=pid,hidepid=ptraceable";
	return errno_of(permitted(memory->permit, SYS_mount, "proc", "/proc", "proc", flags, options));
}

static int step_cgroup(const struct jail_memory *memory)
{
	int error = 0;
	for (int i = 0; i < memory->cgroup_count && !memory->born && !error; i++)
		error = errno_of(kernel(SYS_write, memory->cgroups[i], "0", 1));
	return error;
}

/* Where no cpuset is available only this pins the program, so the filter lets no program undo it. */
static int step_core(const struct jail_memory *memory)
{
	unsigned cpu = memory->cpu;
	unsigned long set[128] = { 0 }; /* 8192 CPUs, the maximum of Linux */
	if (cpu >= 8 * sizeof set)
		return EINVAL;
	set[cpu / (8 * sizeof *set)] = 1ul << cpu % (8 * sizeof *set);
	return errno_of(permitted(memory->permit, SYS_sched_setaffinity, 0, sizeof set, set));
}

static int drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2];
	memset(none, 0, sizeof none);
	return errno_of(kernel(SYS_capset, &header, none));
}

/*
 * Leaving uid 0 drops all capabilities, see capabilities(7). But with one user for all jails the
 * uid is not 0 before. The bounding and ambient sets are empty since the jailer's start.
 */
static int step_credentials(const struct jail_memory *memory)
{
	unsigned uid = memory->uid;
	int error;
	if (!memory->keep_groups && (error = errno_of(kernel(SYS_setgroups, 0, NULL))))
		return error;
	if ((error = errno_of(kernel(SYS_setresgid, uid, uid, uid))))
		return error;
	if ((error = errno_of(kernel(SYS_setresuid, uid, uid, uid))))
		return error;
	return drop_capabilities();
}

/*
 * The judge's copy of the input. This process opens it as the program can: by its name in the jail.
 */
static int open_input(int64_t offset)
{
	long fd = kernel(SYS_open, WIRE_INPUT, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fd;
	long at = kernel(SYS_lseek, fd, offset, SEEK_SET);
	return at < 0 ? at : fd;
}

/* Only 0, 1 and 2 survive exec. */
static int step_descriptors(const struct descriptors *fds, int64_t offset)
{
	int error, given = offset < 0, input = given ? fds->fd[0] : open_input(offset);
	if (fds->count != 2 + given)
		return EBADMSG;
	if ((error = errno_of(input)))
		return error;
	int all[] = { input, fds->fd[given], fds->fd[given + 1] };
	for (int i = 0; i < 3; i++)
		if ((error = errno_of(kernel(SYS_dup2, all[i], i))))
			return error;
	return errno_of(kernel(SYS_close_range, 3, ~0U, 1 << 2 /* CLOSE_RANGE_CLOEXEC */));
}

static int step_limits(const struct wire_exec *request)
{
	struct rlimit stack = { request->stack, request->stack };
	struct rlimit file = { request->file_size, request->file_size };
	int error = errno_of(kernel(SYS_setrlimit, RLIMIT_STACK, &stack));
	return error ? error : errno_of(kernel(SYS_setrlimit, RLIMIT_FSIZE, &file));
}

/*
 * The last step: the kernel compares the descriptors that all processes of a user have in flight
 * with the limit of the sender, and until exec this process sends some to the judge.
 */
static int step_open_files(unsigned limit)
{
	struct rlimit files;
	int error = errno_of(kernel(SYS_getrlimit, RLIMIT_NOFILE, &files));
	if (error)
		return error;
	if (files.rlim_max > limit)
		files.rlim_max = limit;
	files.rlim_cur = files.rlim_max;
	return errno_of(kernel(SYS_setrlimit, RLIMIT_NOFILE, &files));
}

/* Receives the command to run. */
static int receive_request(struct jail_memory *memory, struct descriptors *fds)
{
	struct wire_exec *request = &memory->request;
	struct iovec parts[] = { { request, sizeof *request }, { memory->strings, sizeof memory->strings } };
	size_t size;
	int error = receive_parts(memory->socket, parts, 2, &size, fds);
	if (error)
		return error;
	if (size < sizeof *request || size - sizeof *request != request->length || request->args == 0 ||
	    request->args > WIRE_POINTERS || request->envs > WIRE_POINTERS - request->args)
		return EBADMSG;
	return 0;
}

/*
 * Fills pointers with args, NULL, envs, NULL, and finds the working directory. The judge has counted
 * the strings; a wrong count is EBADMSG.
 */
static int point(struct jail_memory *memory, const char **directory)
{
	const struct wire_exec *request = &memory->request;
	char *next = memory->strings, *end = memory->strings + request->length;
	unsigned slot = 0;
	for (unsigned i = 0; i < request->args + request->envs; i++) {
		char *nul = memchr(next, 0, end - next);
		if (!nul)
			return EBADMSG;
		if (i == request->args)
			memory->pointers[slot++] = NULL;
		memory->pointers[slot++] = next;
		next = nul + 1;
	}
	if (request->envs == 0)
		memory->pointers[slot++] = NULL;
	memory->pointers[slot] = NULL;
	*directory = next;
	return next < end && memchr(next, 0, end - next) ? 0 : EBADMSG;
}

/* Drops all rights that the program must not have. */
static void weaken(const struct jail_memory *memory)
{
	int error;
	if ((error = step_cgroup(memory)))
		fail(memory->socket, STEP_CGROUP, error);
	if ((error = step_core(memory)))
		fail(memory->socket, STEP_CORE, error);
	/* The program's cgroup is the root of what it sees. */
	if ((error = errno_of(permitted(memory->permit, SYS_unshare, CLONE_NEWCGROUP))))
		fail(memory->socket, STEP_CGROUP_NS, error);
	if ((error = errno_of(kernel(SYS_setsid))))
		fail(memory->socket, STEP_SESSION, error);
	if ((error = step_credentials(memory)))
		fail(memory->socket, STEP_CREDENTIALS, error);
}

/* The program's process, from its start to exec. */
static int program_main(void *argument)
{
	struct jail_memory *memory = argument;
	struct descriptors fds;
	int error;

	weaken(memory);
	struct wire_reply ready = { .step = STEP_NONE };
	int handed[] = { memory->pidfd, memory->work };
	if (send_message(memory->socket, &ready, sizeof ready, handed, 2))
		end(127); /* the judge is gone */
	if ((error = receive_request(memory, &fds)))
		end(127); /* the judge no longer needs this jail, or is gone */

	if ((error = step_limits(&memory->request)))
		fail(memory->socket, STEP_LIMITS, error);
	const char *directory;
	if ((error = point(memory, &directory)))
		fail(memory->socket, STEP_RECEIVE, error);
	if ((error = errno_of(kernel(SYS_chdir, directory))))
		fail(memory->socket, STEP_DIRECTORY, error);
	long socket = kernel(SYS_fcntl, memory->socket, F_DUPFD_CLOEXEC, 3); /* 0, 1 and 2 are about to be replaced */
	if ((error = errno_of(socket)))
		fail(memory->socket, STEP_DESCRIPTORS, error);
	if ((error = step_descriptors(&fds, memory->request.offset)))
		fail(socket, STEP_DESCRIPTORS, error);
	if ((error = step_open_files(memory->open_files)))
		fail(socket, STEP_LIMITS, error);
	clock_gettime(CLOCK_MONOTONIC, &memory->started);
	char **environment = memory->pointers + memory->request.args + 1;
	error = errno_of(kernel(SYS_execve, memory->pointers[0], memory->pointers, environment));
	fail(socket, STEP_EXEC, error);
}

/* What the scheduler has counted for a thread, in nanoseconds. */
struct schedule {
	uint64_t ran, waited;
};

/* Reads a number and the character after it. */
static uint64_t number_at(const char **text)
{
	uint64_t number = 0;
	for (; **text >= '0' && **text <= '9'; (*text)++)
		number = 10 * number + (**text - '0');
	if (**text)
		(*text)++;
	return number;
}

/*
 * Reads an open /proc/PID/schedstat: Documentation/scheduler/sched-stats.rst. It can be read until
 * the process is reaped.
 */
static struct schedule schedule_in(int file)
{
	char text[96];
	long size = kernel(SYS_pread64, file, text, sizeof text - 1, 0);
	if (size <= 0)
		return (struct schedule){ 0 };
	text[size] = 0;
	const char *next = text;
	struct schedule s = { .ran = number_at(&next) };
	s.waited = number_at(&next);
	return s;
}

/*
 * The schedstat of the program, which is init's first child, and of init. Opening the first needs
 * rights that init is about to drop.
 */
#define PROGRAM_SCHEDSTAT "/proc/2/schedstat"
#define INIT_SCHEDSTAT "/proc/self/schedstat"

/* The descriptors that init keeps. */
enum { SOCKET = 3, PROGRAM_SCHEDULE = 4, OWN_SCHEDULE = 5, UNUSED = 6 };

/* Reaps until the program itself ends, and reports. */
static _Noreturn void reap(const struct jail_memory *memory, int socket, pid_t program)
{
	struct wire_end report = { 0 };
	struct timespec now;
	for (;;) {
		int status;
		siginfo_t info = { 0 };
		uint64_t before = schedule_in(OWN_SCHEDULE).waited;
		long error = kernel(SYS_waitid, P_ALL, 0, &info, WEXITED | WNOWAIT | __WALL);
		if (error < 0 && error != -EINTR)
			end(126);
		if (error == 0 && info.si_pid == program) {
			clock_gettime(CLOCK_MONOTONIC, &now);
			struct schedule s = schedule_in(PROGRAM_SCHEDULE);
			report.ran = s.ran;
			report.waited = s.waited;
			report.late = schedule_in(OWN_SCHEDULE).waited - before;
		}
		long pid = kernel(SYS_wait4, info.si_pid ? info.si_pid : -1, &status, __WALL, NULL);
		if (pid < 0 && pid != -EINTR)
			end(126);
		if (pid != program)
			continue;
		report.status = status;
		const struct timespec *began = &memory->started;
		if (began->tv_sec || began->tv_nsec)
			report.nanoseconds = (uint64_t)(now.tv_sec - began->tv_sec) * 1000000000u + now.tv_nsec - began->tv_nsec;
		send_message(socket, &report, sizeof report, NULL, 0);
		end(0);
	}
}

/*
 * Starts the program's process. Returns when it waits no longer in this memory: it has called exec,
 * has failed and reported it, or is dead (CLONE_VFORK). Starting a process in a cgroup costs next
 * to nothing. Attaching one takes a lock that stops every fork on the host, and a grace period
 * first (cgroup_threadgroup_rwsem); v1 offers nothing else.
 */
static pid_t spawn(struct jail_memory *memory)
{
	memory->program = 1;
	struct clone_request request = {
		.flags = CLONE_VM | CLONE_VFORK | CLONE_CHILD_CLEARTID,
		.child_tid = (uint64_t)&memory->program,
		.exit_signal = SIGCHLD,
		.stack = (uint64_t)memory->program_stack,
		.stack_size = JAIL_STACK,
	};
	if (memory->born) {
		request.flags |= CLONE_INTO_CGROUP;
		request.cgroup = memory->cgroups[0];
	}
	long pid = permitted_clone(memory->permit, &request, program_main, memory);
	if (pid >= 0)
		return pid;
	memory->program = 0;
	fail(memory->socket, STEP_SPAWN, errno_of(pid));
}

/* Moves the socket and the two schedules to their numbers, and closes all other descriptors. */
static void keep_descriptors(int socket, const int schedules[2])
{
	/* First to numbers above: one of them may be where another belongs. */
	int moved[] = {
		kernel(SYS_fcntl, socket, F_DUPFD_CLOEXEC, UNUSED),
		kernel(SYS_fcntl, schedules[0], F_DUPFD_CLOEXEC, UNUSED),
		kernel(SYS_fcntl, schedules[1], F_DUPFD_CLOEXEC, UNUSED),
	};
	kernel(SYS_close_range, SOCKET, UNUSED - 1, 0);
	for (int i = 0; i < 3; i++)
		kernel(SYS_dup2, moved[i], SOCKET + i);
	kernel(SYS_close_range, UNUSED, ~0U, 0);
}

int jail_main(void *argument)
{
	struct jail_memory *memory = argument;
	int error;

	kernel(SYS_close, JAILER_SOCKET);
	memory->started = (struct timespec){ 0 };
	if ((error = step_death_signal()))
		fail(memory->socket, STEP_DEATH_SIGNAL, error);
	if ((error = step_scratch(memory)))
		fail(memory->socket, STEP_SCRATCH, error);
	if ((error = step_proc(memory)))
		fail(memory->socket, STEP_PROC, error);
	memory->pidfd = permitted(memory->permit, SYS_pidfd_open, 1, 0); /* of this init */
	if ((error = errno_of(memory->pidfd)))
		fail(memory->socket, STEP_PIDFD, error);
	memory->work = kernel(SYS_open, "/box/work", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if ((error = errno_of(memory->work)))
		fail(memory->socket, STEP_WORK, error);
	pid_t pid = spawn(memory);
	int schedules[] = {
		kernel(SYS_open, PROGRAM_SCHEDSTAT, O_RDONLY | O_CLOEXEC),
		kernel(SYS_open, INIT_SCHEDSTAT, O_RDONLY | O_CLOEXEC),
	};
	drop_capabilities(); /* init needs no rights to wait and to send */
	keep_descriptors(memory->socket, schedules);
	reap(memory, SOCKET, pid);
}

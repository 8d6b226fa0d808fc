/*
 * jailer.c - the process that makes jails.
 *
 * Theory of operation
 *
 * Between fork and exec no ordinary Go can run, and a Go program cannot enter namespaces itself, because it has
 * threads. So the judge starts itself again under the name "judge-jailer". The constructor below checks the name and
 * runs before the Go runtime exists, in a process with one thread, no Go and no secrets but the permit (kernel.h).
 *
 *   judge ──socket──► jailer            own mount, network, uts and ipc namespaces, filter loaded;
 *                       │               holds the read-only root
 *                       │ clone (vm)    new pid, mount, ipc and uts namespaces
 *                       ▼
 *                     init (pid 1)      mounts the private tmpfs and /proc, reaps, reports
 *                       │ clone (vfork)
 *                       ▼
 *                     program           own cgroup, no capabilities, waits for "go", execs
 *
 * A jailer prepares any number of jails one after another; each serves one program and is gone. It never reports about
 * a jail. Each jail has its own socket to the judge and reports on it that it is ready. The judge holds a pidfd of each
 * init, with which it kills the jail and sees that it is dead.
 *
 * Until exec all of them share the jailer's memory, each with its own struct jail_memory. After exec a program shares
 * nothing.
 *
 * If the judge dies, its end of the socket closes and the jailer exits. If the jailer dies, the kernel kills every init
 * (PR_SET_PDEATHSIG) and with it all of its pid namespace.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "jailer.h"
#include "kernel.h"

static struct wire_setup setup;
static struct wire_filter filter;

static _Noreturn void fail(enum step step, int error)
{
	struct wire_reply reply = { .step = step, .error = error };
	send_message(JAILER_SOCKET, &reply, sizeof reply, NULL, 0);
	_exit(1);
}

/*
 * Resets what the judge was started with, so that no ignored or blocked signal and no descriptor
 * reaches a jail.
 */
static void forget(void)
{
	sigset_t none;
	struct sigaction reap_themselves = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT };
	for (int s = 1; s <= SIGRTMAX; s++)
		signal(s, SIG_DFL);
	sigaction(SIGCHLD, &reap_themselves, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	syscall(SYS_close_range, JAILER_SOCKET + 1, ~0U, 0);
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NAME, "judge-jailer");
}

/* Returns how many trees come with the message. */
static int trees(const struct wire_setup *setup)
{
	int count = 0;
	for (unsigned i = 0; i < setup->mounts; i++)
		count += !setup->staged[i];
	return count;
}

static void prepare_root(void)
{
	struct descriptors fds, none;
	int error;

	if ((error = step_own_files()))
		fail(STEP_RLIMITS, error);
	if ((error = receive_message(JAILER_SOCKET, &setup, sizeof setup, &fds)))
		fail(STEP_RECEIVE, error);
	if (setup.version != WIRE_VERSION || setup.mounts > WIRE_MOUNTS || fds.count != 2 + trees(&setup))
		fail(STEP_RECEIVE, EBADMSG);
	if ((error = receive_message(JAILER_SOCKET, &filter, sizeof filter, &none)))
		fail(STEP_RECEIVE, error);
	int root = fds.fd[0], stage = fds.fd[1];

	if ((error = step_unshare()))
		fail(STEP_UNSHARE, error);
	if ((error = step_hostname()))
		fail(STEP_HOSTNAME, error);
	if ((error = step_private()))
		fail(STEP_PRIVATE, error);
	if ((error = step_root(root)))
		fail(STEP_ROOT, error);
	if ((error = step_mounts(root, stage, &setup, fds.fd + 2)))
		fail(STEP_MOUNTS, error);
	if ((error = step_proc_in_sight(&setup)))
		fail(STEP_PROC_IN_SIGHT, error);
	if ((error = step_pivot(root)))
		fail(STEP_PIVOT, error);
	if ((error = step_keyring()))
		fail(STEP_KEYRING, error);
	if ((error = step_rlimits()))
		fail(STEP_RLIMITS, error);
	if ((error = step_huge_pages()))
		fail(STEP_HUGE_PAGES, error);
	if ((error = step_bounding()))
		fail(STEP_BOUNDING, error);
	if ((error = step_filter(&filter)))
		fail(STEP_FILTER, error);
	struct wire_reply reply = { .step = STEP_NONE };
	if (send_message(JAILER_SOCKET, &reply, sizeof reply, NULL, 0))
		_exit(1);
}

/*
 * Init shares this process's memory, because copying it costs more than all its namespaces. It may
 * write only to its jail_memory. Its descriptors and signal handlers are copies.
 */
static int clone_init(struct jail_memory *memory)
{
	memory->init = 1;
	struct clone_request request = {
		.flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_VM | CLONE_CHILD_CLEARTID,
		.child_tid = (uint64_t)&memory->init,
		.exit_signal = SIGCHLD,
		.stack = (uint64_t)memory->init_stack,
		.stack_size = JAIL_STACK,
	};
	int error = errno_of(permitted_clone(memory->permit, &request, jail_main, memory));
	if (error)
		memory->init = 0;
	return error;
}

static void refuse(int socket, int error)
{
	struct wire_reply reply = { .step = STEP_CLONE, .error = error };
	send_message(socket, &reply, sizeof reply, NULL, 0);
}

/* Makes one jail, which reports for itself. */
static void prepare_jail(const struct wire_prepare *request, const struct descriptors *fds)
{
	if (request->cgroups > WIRE_CGROUPS || fds->count != (int)request->cgroups + 1)
		fail(STEP_RECEIVE, EBADMSG);
	if (request->born && request->cgroups != 1)
		fail(STEP_RECEIVE, EBADMSG);
	struct jail_memory *memory = jail_memory_take();
	int error = ENOMEM;
	if (memory) {
		memory->socket = fds->fd[0];
		memory->cgroup_count = request->cgroups;
		memcpy(memory->cgroups, fds->fd + 1, request->cgroups * sizeof(int));
		memory->born = request->born;
		memory->uid = request->uid;
		memory->cpu = request->cpu;
		memory->keep_groups = setup.keep_groups;
		memory->open_files = setup.open_files;
		memory->options = setup.options;
		memory->permit = filter.permit;
		error = clone_init(memory);
	}
	if (error)
		refuse(fds->fd[0], error);
	syscall(SYS_close_range, JAILER_SOCKET + 1, ~0U, 0);
}

__attribute__((constructor)) static void jailer(int argc, char **argv)
{
	struct wire_prepare request;
	struct descriptors fds;

	if (argc != 1 || strcmp(argv[0], "judge-jailer") != 0)
		return;
	forget();
	prepare_root();
	while (receive_message(JAILER_SOCKET, &request, sizeof request, &fds) == 0)
		prepare_jail(&request, &fds);
	_exit(0);
}

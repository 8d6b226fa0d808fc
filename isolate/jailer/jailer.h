/*
 * jailer.h - declarations that the files of the jailer share. See jailer.c for the theory of
 * operation.
 */
#ifndef JUDGE_JAILER_H
#define JUDGE_JAILER_H

#include <stddef.h>
#include <sys/uio.h>
#include <time.h>

#include "wire.h"

enum { JAILER_SOCKET = 3 }; /* where the judge puts the jailer's end, see jailer.go */

enum { JAIL_STACK = 64 * 1024 }; /* bytes; the functions on it need a few thousand */

/* The descriptors of a message. */
struct descriptors {
	int count;
	int fd[253]; /* SCM_MAX_FD */
};

/*
 * wire.c: messages. Each function returns 0 or an errno; receiving returns EPIPE if the other side
 * is closed.
 */
int send_message(int socket, const void *message, size_t size, const int *fds, int count);
int receive_parts(int socket, struct iovec *parts, int count, size_t *size, struct descriptors *fds);
int receive_message(int socket, void *message, size_t size, struct descriptors *fds);

/* root.c: the steps that prepare what all jails of this jailer share. Each returns 0 or an errno. */
int step_own_files(void);
int step_unshare(void);
int step_hostname(void);
int step_private(void);
int step_root(int root);
int step_mounts(int root, int stage, const struct wire_setup *setup, const int *mounts);
int step_proc_in_sight(const struct wire_setup *setup);
int step_pivot(int root);
int step_bounding(void);
int step_rlimits(void);
int step_huge_pages(void);
int step_keyring(void);
int step_filter(const struct wire_filter *filter);

/*
 * The part of the jailer's memory that one jail uses: its init until its end, and the program's
 * process until exec. The two words show which of them still does; the kernel clears them
 * (CLONE_CHILD_CLEARTID).
 */
struct jail_memory {
	struct jail_memory *next;
	volatile int init, program;

	int socket;
	int cgroups[WIRE_CGROUPS];
	int cgroup_count;
	int born; /* 1: in the one cgroup, a directory; 0: writes to each file */
	unsigned uid, cpu;
	int keep_groups;
	unsigned open_files;
	const char *options;
	long permit; /* see kernel.h */

	int work, pidfd;
	struct timespec started;
	struct wire_exec request;
	char strings[WIRE_STRINGS];
	char *pointers[WIRE_POINTERS + 2];
	char init_stack[JAIL_STACK] __attribute__((aligned(16)));
	char program_stack[JAIL_STACK] __attribute__((aligned(16)));
};

/* jail_memory.c: memory that no jail uses, or NULL if there is none. */
struct jail_memory *jail_memory_take(void);

/* jail.c: one jail. Runs as pid 1 of its own namespaces and does not return. */
int jail_main(void *memory);

#endif

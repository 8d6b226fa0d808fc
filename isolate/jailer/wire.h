/*
 * wire.h - the messages between the judge (Go) and its jailers (C).
 *
 * All messages are structs of fixed size in host byte order, one of them with strings after it, over SOCK_SEQPACKET
 * sockets, with file descriptors (SCM_RIGHTS). C parses nothing: Go validates, counts and bounds the contents. wire.go
 * has the same layouts; the assertions below and a test there keep the two equal.
 *
 *   judge  -> jailer: wire_setup   + fds: root, stage, then the trees that are not staged  once
 *                     wire_filter                                                    once
 *   jailer -> judge:  wire_reply                                                     once, when the root is complete
 *   judge  -> jailer: wire_prepare + fds: the jail's socket, cgroup.procs files      for each jail
 *
 *   jail   -> judge:  wire_reply   + fds: pidfd of init, working directory           ready, waiting for a program
 *   judge  -> jail:   wire_exec    + fds: stdin unless it is WIRE_INPUT, stdout, stderr   go
 *                     followed by the strings: args, envs, the working directory, each ended by a NUL
 *   jail   -> judge:  wire_reply   step STEP_EXEC and its errno                      only if exec failed
 *   jail   -> judge:  wire_end                                                       the program's end
 */
#ifndef JUDGE_WIRE_H
#define JUDGE_WIRE_H

#include <stdint.h>

enum {
	WIRE_VERSION = 6,
	WIRE_MOUNTS = 200,         /* mounts of one root; SCM_RIGHTS takes 253 descriptors (SCM_MAX_FD) */
	WIRE_TARGET = 192,         /* bytes of a target's path, its NUL included */
	WIRE_OPTIONS = 96,         /* bytes of the scratch tmpfs's mount options */
	WIRE_INSTRUCTIONS = 4096,  /* BPF_MAXINSNS, see seccomp(2) */
	WIRE_STRINGS = 96 * 1024,  /* bytes of all arguments and environment strings; fits a default socket buffer */
	WIRE_POINTERS = 1024,      /* arguments and environment strings together */
	WIRE_CGROUPS = 8,          /* hierarchies that a program is attached to */
};

#define WIRE_INPUT "/dev/in/stdin" /* as in jailer.go */

struct wire_setup {
	uint32_t version;
	uint32_t mounts;
	uint32_t user_namespace; /* 1: /proc can only be mounted where another one is visible */
	uint32_t keep_groups;    /* 1: supplementary groups cannot be dropped */
	uint32_t open_files;     /* RLIMIT_NOFILE of programs */
	uint32_t unused;
	char options[WIRE_OPTIONS];
	uint8_t staged[WIRE_MOUNTS]; /* 1: the target shows the stage's content at the same path, without a tree */
	char targets[WIRE_MOUNTS][WIRE_TARGET]; /* relative to the root */
};

struct wire_filter {
	uint32_t count;
	uint32_t unused;
	uint64_t permit; /* lets a call pass the filter, see kernel.h */
	uint64_t instructions[WIRE_INSTRUCTIONS]; /* struct sock_filter */
};

struct wire_prepare {
	uint32_t cgroups;
	uint32_t uid; /* of the program, and its gid */
	uint32_t cpu; /* number of the one that the program runs on */
	/* 1: the program's process starts in the cgroup, a v2 directory; 0: it writes to each cgroup.procs */
	uint32_t born;
};

struct wire_exec {
	uint64_t stack;     /* RLIMIT_STACK, bytes; UINT64_MAX: unlimited */
	uint64_t file_size; /* RLIMIT_FSIZE, bytes; UINT64_MAX: unlimited */
	int64_t offset;     /* where WIRE_INPUT is opened as stdin; -1: stdin is among the descriptors */
	uint32_t args;
	uint32_t envs;
	uint32_t length; /* bytes of the strings, which follow in the same message */
	uint32_t unused;
};

struct wire_reply {
	uint32_t step; /* STEP_NONE: success */
	int32_t error; /* errno of the step */
};

struct wire_end {
	int32_t status;        /* as wait4(2) gives it */
	uint32_t unused;
	uint64_t nanoseconds;  /* CLOCK_MONOTONIC from just before exec to the end */
	/* In nanoseconds, from the kernel's schedstat; 0 if it does not count. */
	uint64_t ran;    /* how long the main thread had a core */
	uint64_t waited; /* how long the main thread waited for one, from its start */
	uint64_t late;   /* how long init waited for one when the program had ended */
};

/* The steps, by which a failure is named. wire.go holds the words. */
enum step {
	STEP_NONE,
	STEP_RECEIVE,
	STEP_UNSHARE,
	STEP_HOSTNAME,
	STEP_PRIVATE,
	STEP_ROOT,
	STEP_MOUNTS,
	STEP_PROC_IN_SIGHT,
	STEP_PIVOT,
	STEP_BOUNDING,
	STEP_RLIMITS,
	STEP_HUGE_PAGES,
	STEP_KEYRING,
	STEP_FILTER,
	STEP_CLONE,
	STEP_DEATH_SIGNAL,
	STEP_SCRATCH,
	STEP_PROC,
	STEP_PIDFD,
	STEP_WORK,
	STEP_SPAWN,
	STEP_CGROUP,
	STEP_CORE,
	STEP_CGROUP_NS,
	STEP_SESSION,
	STEP_CREDENTIALS,
	STEP_DESCRIPTORS,
	STEP_LIMITS,
	STEP_DIRECTORY,
	STEP_EXEC,
};

_Static_assert(sizeof(struct wire_setup) == 24 + WIRE_OPTIONS + WIRE_MOUNTS + WIRE_MOUNTS * WIRE_TARGET, "wire_setup");
_Static_assert(sizeof(struct wire_filter) == 16 + 8 * WIRE_INSTRUCTIONS, "wire_filter");
_Static_assert(sizeof(struct wire_prepare) == 16, "wire_prepare");
_Static_assert(sizeof(struct wire_exec) == 40, "wire_exec");
_Static_assert(sizeof(struct wire_reply) == 8, "wire_reply");
_Static_assert(sizeof(struct wire_end) == 40, "wire_end");

#endif

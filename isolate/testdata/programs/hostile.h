/*
 * hostile.h - what the programs share. A program that looks for holes ends with 0 when it found none, and says on stderr
 * which one it found.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HOLE(...) do { dprintf(2, __VA_ARGS__); _exit(99); } while (0)

/* The call fails. */
#define REFUSED(call) do { if ((long)(call) >= 0) HOLE("line %d: allowed: %s\n", __LINE__, #call); } while (0)

/* The call fails as on a kernel that does not have it. */
#define ABSENT(call) do { errno = 0; if ((long)(call) != -1 || errno != ENOSYS) HOLE("line %d: not ENOSYS: %s\n", __LINE__, #call); } while (0)

/* The call ends whoever makes it, by SIGSYS. */
#define DEADLY(call) do { \
	pid_t child = fork(); int status; \
	if (child == 0) { (void)(call); _exit(0); } \
	if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS) \
		HOLE("line %d: survived: %s\n", __LINE__, #call); \
} while (0)

/* Works for so many milliseconds of its own CPU time. */
static inline void burn(long milliseconds)
{
	struct timespec start, now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
	do {
		for (volatile int i = 0; i < 10000; i++)
			;
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	} while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 < milliseconds);
}

static inline void doze(long milliseconds)
{
	struct timespec wait = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
	nanosleep(&wait, NULL);
}

/*
 * limits.c - checks that the limits of this process let Go's runtime start. Otherwise the runtime
 * crashes with a trace that names no limit. So the check comes before the runtime exists.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	MIB = 1 << 20,
	HOST_UNFIT = 4, /* the judge's exit code for a host on which it cannot work */
};

static const struct limit {
	int resource;
	const char *what, *option; /* option: of ulimit */
	rlim_t least, unit;        /* least: what the runtime needs, with room; 0: nothing to start */
} limits[] = {
	{ RLIMIT_AS, "MiB of address space", "-v", 1024, MIB },
	{ RLIMIT_DATA, "MiB of data", "-d", 256, MIB },
	{ RLIMIT_NPROC, "processes and threads", "-u", 64, 1 },
	{ RLIMIT_FSIZE, "bytes in a file", "-f", 0, 1 },
	{ RLIMIT_CPU, "seconds of CPU time", "-t", 0, 1 },
};

/* Raises the soft limit, which any process may. Returns the limit that remains. */
static rlim_t lift(int resource)
{
	struct rlimit now, none = { RLIM_INFINITY, RLIM_INFINITY };
	if (setrlimit(resource, &none) == 0 || getrlimit(resource, &now) < 0)
		return RLIM_INFINITY;
	now.rlim_cur = now.rlim_max;
	setrlimit(resource, &now);
	return now.rlim_max;
}

__attribute__((constructor)) static void leave_room(void)
{
	for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++) {
		const struct limit *l = &limits[i];
		rlim_t left = lift(l->resource);
		if (left == RLIM_INFINITY || left / l->unit >= l->least || (l->resource == RLIMIT_NPROC && geteuid() == 0))
			continue;
		dprintf(STDERR_FILENO,
			"judge: %llu %s are allowed: at least %llu are needed\n"
			"hint: start judge where ulimit -H %s prints unlimited\n",
			(unsigned long long)(left / l->unit), l->what, (unsigned long long)l->least, l->option);
		_exit(HOST_UNFIT);
	}
}

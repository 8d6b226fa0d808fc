// Changes what the kernel remembers of a process: names, limits, priorities. The next one starts afresh.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	char name[16];
	prctl(PR_GET_NAME, name);
	if (files.rlim_cur != 1024 && files.rlim_cur != 256 || !strcmp(name, "changed") || getpriority(PRIO_PROCESS, 0) != 0 || umask(0) != 022)
		HOLE("%lu files, %s\n", (unsigned long)files.rlim_cur, name);
	files.rlim_cur = files.rlim_max = 10;
	setrlimit(RLIMIT_NOFILE, &files);
	setpriority(PRIO_PROCESS, 0, 19);
	prctl(PR_SET_NAME, "changed");
	return chdir("/") < 0;
}

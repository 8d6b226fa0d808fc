// Marks its own program for the next run.
// expect: Exited 0
// runs: 2
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct stat before;
	stat("/proc/self/exe", &before);
	struct timespec times[2] = { { 1, 0 }, { 1, 0 } };
	REFUSED(utimensat(AT_FDCWD, "/proc/self/exe", times, 0));
	REFUSED(chmod("/proc/self/exe", 0777));
	ABSENT(syscall(SYS_setxattr, "/proc/self/exe", "user.word", "x", 1, 0));
	return before.st_mtime == 1;
}

// Holds locks on what the next run sees too.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fd = open("/proc/self/exe", O_RDONLY), null = open("/dev/null", O_RDWR);
	struct flock lock = { .l_type = F_WRLCK };
	for (int i = 0; i < 2; i++) {
		lock.l_type = F_WRLCK;
		if (fcntl(i ? null : fd, F_GETLK, &lock) < 0 || lock.l_type != F_UNLCK)
			HOLE("somebody holds a lock\n");
		flock(i ? null : fd, LOCK_EX);
		fcntl(null, F_SETLK, &lock);
	}
	if (fork() == 0) {
		setsid();
		pause();
	}
	return 0;
}

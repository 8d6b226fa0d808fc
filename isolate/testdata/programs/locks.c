// Locks and leases pass no word between jails: taking one does nothing or is refused.
// expect: Exited 0
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	int fd = open("/dev/null", O_RDWR);
	struct flock lock = { .l_type = F_WRLCK };
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return 1;
	if (syscall(SYS_fcntl, fd, F_SETLK | 1ul << 32, &lock) != 0) /* the kernel sees F_SETLK; so must the filter */
		return 2;
	if (fork() == 0) { /* had the lock been taken, the child could not take it again */
		lock.l_type = F_WRLCK;
		if (fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type != F_UNLCK)
			_exit(3);
		_exit(0);
	}
	if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0)
		return 4;
	return 0;
}

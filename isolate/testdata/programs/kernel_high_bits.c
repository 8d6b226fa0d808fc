// Hides what it asks for behind bits that the kernel does not look at.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct flock lock = { .l_type = F_WRLCK };
	int fd = open("/prog", O_RDONLY);
	if (syscall(SYS_fcntl, fd, F_SETLK | 1ul << 32, &lock) == 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
		HOLE("a lock was taken\n");
	REFUSED(syscall(SYS_fcntl, fd, F_SETLEASE | 1ul << 32, F_RDLCK));
	REFUSED(syscall(SYS_fcntl, fd, F_NOTIFY | 1ul << 40, 1));
	REFUSED(syscall(SYS_prctl, 22 /* PR_SET_SECCOMP */ | 1l << 32, 0));
	REFUSED(syscall(SYS_personality, 0x0040000 | 1l << 32));
	return 0;
}

// Puts words into a terminal's mouth.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(open("/dev/tty", O_RDWR));
	for (int fd = 0; fd < 3; fd++) {
		REFUSED(ioctl(fd, 0x5412 /* TIOCSTI */, "x"));
		REFUSED(syscall(SYS_ioctl, fd, 0x5412 | 1l << 32, "x"));
		REFUSED(ioctl(fd, 0x541c /* TIOCLINUX */, "\x03"));
		REFUSED(ioctl(fd, 0x540e /* TIOCSCTTY */, 1));
		if (isatty(fd))
			HOLE("%d is a terminal\n", fd);
	}
	return 0;
}

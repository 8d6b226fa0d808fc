// Watches files that others see too.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(syscall(SYS_inotify_init));
	REFUSED(syscall(SYS_inotify_init1, 0));
	REFUSED(syscall(SYS_fanotify_init, 0, 0));
	int fd = open("/prog", O_RDONLY);
	REFUSED(fcntl(fd, F_NOTIFY, 1));
	REFUSED(fcntl(fd, F_SETLEASE, F_RDLCK));
	return 0;
}

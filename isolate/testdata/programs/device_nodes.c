// Makes device nodes; a FIFO is its right.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(mknod("disk", S_IFBLK | 0666, makedev(8, 0)));
	REFUSED(mknod("memory", S_IFCHR | 0666, makedev(1, 1)));
	REFUSED(mknodat(AT_FDCWD, "kmsg", S_IFCHR | 0666, makedev(1, 11)));
	REFUSED(syscall(SYS_mknod, "console", (long)(S_IFCHR | 0666) | 1l << 32, makedev(5, 1)));
	return mkfifo("fifo", 0600);
}

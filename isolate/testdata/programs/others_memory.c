// Reads and writes the memory of others.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char word[8];
	struct iovec part = { word, sizeof word };
	DEADLY(syscall(SYS_process_vm_readv, getppid(), &part, 1, &part, 1, 0));
	DEADLY(syscall(SYS_process_vm_writev, 1, &part, 1, &part, 1, 0));
	DEADLY(syscall(SYS_ptrace, 16, 1, 0, 0));
	DEADLY(syscall(SYS_ptrace, 0x4206, getppid(), 0, 0));
	DEADLY(syscall(SYS_kcmp, 1, getpid(), 0, 0, 0));
	DEADLY(syscall(SYS_pidfd_getfd, 0, 0, 0));
	REFUSED(open("/proc/1/mem", O_RDONLY));
	return 0;
}

// Holds up the kernel's page faults.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(SYS_userfaultfd, O_CLOEXEC));
	return 0;
}

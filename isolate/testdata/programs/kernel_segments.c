// Changes segments and ports.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char descriptor[16] = { 0 };
	ABSENT(syscall(SYS_modify_ldt, 1, descriptor, sizeof descriptor));
	DEADLY(syscall(SYS_iopl, 3));
	DEADLY(syscall(SYS_ioperm, 0x80, 1, 1));
	return 0;
}

// Starts another kernel.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(SYS_kexec_load, 0, 0, 0, 0));
	DEADLY(syscall(SYS_kexec_file_load, -1, -1, 0, "", 0));
	DEADLY(syscall(SYS_reboot, 0xfee1dead, 672274793, 0x01234567, 0));
	return 0;
}

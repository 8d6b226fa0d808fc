// Turns quotas and accounting.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(SYS_quotactl, 0x800002, "/dev/sda", 0, 0));
	DEADLY(syscall(SYS_acct, "log"));
	DEADLY(syscall(SYS_syslog, 3, 0, 0));
	DEADLY(syscall(SYS_vhangup));
	return 0;
}

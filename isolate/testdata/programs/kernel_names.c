// Renames the host.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(SYS_sethostname, "mine", 4));
	DEADLY(syscall(SYS_setdomainname, "mine", 4));
	return 0;
}

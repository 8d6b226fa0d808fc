// Loads and removes modules.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(SYS_init_module, "", 0, ""));
	DEADLY(syscall(SYS_finit_module, 0, "", 0));
	DEADLY(syscall(SYS_delete_module, "loop", O_NONBLOCK));
	return 0;
}

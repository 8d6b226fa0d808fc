// Loads programs into the kernel.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char attributes[128] = { 0 };
	DEADLY(syscall(SYS_bpf, 0, attributes, sizeof attributes));
	DEADLY(syscall(SYS_bpf, 5, attributes, sizeof attributes));
	return 0;
}

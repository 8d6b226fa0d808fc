// Calls by the numbers of x32, which a list of x86-64 numbers does not see.
// expect: BadSyscall
// leaves: nothing
#include "hostile.h"
int main(void)
{
	syscall(0x40000000 | SYS_getpid);
	return 0;
}

// Changes how its programs are laid out in memory.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(syscall(SYS_personality, 0x0040000 /* ADDR_NO_RANDOMIZE */));
	REFUSED(syscall(SYS_personality, 0x0400000 /* READ_IMPLIES_EXEC */));
	REFUSED(syscall(SYS_personality, 0x0008 /* PER_LINUX32 */));
	return syscall(SYS_personality, 0xffffffff) != 0;
}

// Gets round the filter by a queue of calls.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char parameters[120] = { 0 };
	ABSENT(syscall(SYS_io_uring_setup, 8, parameters));
	ABSENT(syscall(SYS_io_uring_enter, 0, 1, 0, 0, 0, 0));
	ABSENT(syscall(SYS_io_uring_register, 0, 0, 0, 0));
	ABSENT(syscall(SYS_io_setup, 1, parameters));
	return 0;
}

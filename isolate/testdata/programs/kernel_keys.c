// Keyrings: a bulletin board for all of a user's processes.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	ABSENT(syscall(SYS_add_key, "user", "word", "x", 1, -4));
	ABSENT(syscall(SYS_request_key, "user", "word", 0, 0));
	ABSENT(syscall(SYS_keyctl, 0, -5, 1));
	ABSENT(syscall(SYS_keyctl, 22, getuid(), -3));
	return 0;
}

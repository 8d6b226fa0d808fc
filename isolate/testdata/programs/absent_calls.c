// Calls that a program may probe answer ENOSYS and nothing worse.
// expect: Exited 0
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	long calls[] = { SYS_io_uring_setup, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_clone3, SYS_modify_ldt, 470, 500, 100000 };
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
		if (syscall(calls[i], 0, 0, 0, 0, 0, 0) != -1 || errno != ENOSYS)
			return 1 + i;
	return 0;
}

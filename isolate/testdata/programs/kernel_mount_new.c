// Mounts, the new way.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(428 /* open_tree */, AT_FDCWD, "/", 1));
	DEADLY(syscall(429 /* move_mount */, 0, "", 0, "", 0));
	DEADLY(syscall(430 /* fsopen */, "tmpfs", 0));
	DEADLY(syscall(431 /* fsconfig */, 0, 0, 0, 0, 0));
	DEADLY(syscall(432 /* fsmount */, 0, 0, 0));
	DEADLY(syscall(433 /* fspick */, AT_FDCWD, "/", 0));
	DEADLY(syscall(442 /* mount_setattr */, AT_FDCWD, "/", 0, 0, 0));
	return 0;
}

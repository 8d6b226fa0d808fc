// Mounts, the old way.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	DEADLY(syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, 0));
	DEADLY(syscall(SYS_mount, "/", "/tmp", 0, 4096 /* MS_BIND */, 0));
	DEADLY(syscall(SYS_mount, "none", "/", 0, 32 /* MS_REMOUNT */, 0));
	DEADLY(syscall(SYS_umount2, "/proc", 2));
	DEADLY(syscall(SYS_pivot_root, ".", "."));
	DEADLY(syscall(SYS_swapon, "f", 0));
	DEADLY(syscall(SYS_swapoff, "f"));
	return 0;
}

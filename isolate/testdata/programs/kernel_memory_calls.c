// Moves memory between nodes, processes and pipes.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	ABSENT(syscall(SYS_migrate_pages, 0, 0, 0, 0));
	ABSENT(syscall(SYS_move_pages, 0, 0, 0, 0, 0, 0));
	ABSENT(syscall(SYS_vmsplice, 1, 0, 0, 0));
	ABSENT(syscall(SYS_remap_file_pages, 0, 0, 0, 0, 0));
	ABSENT(syscall(SYS_mbind, 0, 0, 0, 0, 0, 0));
	ABSENT(syscall(SYS_set_mempolicy, 0, 0, 0));
	ABSENT(syscall(SYS_get_mempolicy, 0, 0, 0, 0, 0));
	ABSENT(syscall(SYS_io_setup, 1, 0));
	ABSENT(syscall(450 /* set_mempolicy_home_node */, 0, 0, 0, 0));
	ABSENT(syscall(440 /* process_madvise */, 0, 0, 0, 0, 0));
	ABSENT(syscall(447 /* memfd_secret */, 0));
	ABSENT(syscall(448 /* process_mrelease */, 0, 0));
	return 0;
}

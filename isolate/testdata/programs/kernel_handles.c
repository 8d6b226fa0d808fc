// Opens files by a handle, past all paths.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char handle[128] = { 0 };
	int id;
	DEADLY(syscall(SYS_name_to_handle_at, AT_FDCWD, "/", handle, &id, 0));
	DEADLY(syscall(SYS_open_by_handle_at, AT_FDCWD, handle, O_RDONLY));
	return 0;
}

// Swaps a file and a link as fast as it can, until the end.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	close(open("file", O_CREAT | O_WRONLY, 0600));
	symlink("/etc/passwd", "link");
	if (fork() == 0)
		for (;;)
			syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "link", 2 /* RENAME_EXCHANGE */);
	doze(200);
	return 0;
}

// Leaves directories that nobody may read or delete, its working directory among them.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	mkdir("a", 0700), mkdir("a/b", 0700), mkdir("a/b/c", 0700);
	int fd = open("a/b/file", O_CREAT | O_WRONLY, 0);
	int flags = 0x10 | 0x20; /* immutable, append only */
	REFUSED(ioctl(fd, _IOW('f', 2, long), &flags));
	chmod("a/b", 0), chmod("a", 0);
	return chmod(".", 0);
}

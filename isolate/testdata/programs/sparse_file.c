// Makes a file look large, and then wants the space.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fd = open("sparse", O_CREAT | O_RDWR, 0600);
	ftruncate(fd, 1ul << 40);
	REFUSED(fallocate(fd, 0, 0, 1ul << 40));
	REFUSED(posix_fallocate(fd, 0, 1ul << 40) ? -1 : 0);
	return 0;
}

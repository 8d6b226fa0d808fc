// Writes and syncs as fast as it can, for a while.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 16];
	int fd = open("storm", O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < 300; i++) {
		pwrite(fd, block, sizeof block, i % 64 * sizeof block);
		fsync(fd);
		syscall(SYS_sync);
	}
	return 0;
}

// Fills /dev/shm: that is bounded, and counts as memory.
// expect: Exited 0 or MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 20];
	memset(block, 1, sizeof block);
	int fd = shm_open("/all", O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < 1000; i++)
		if (write(fd, block, sizeof block) < 0)
			return errno == ENOSPC ? 0 : 1;
	HOLE("a gigabyte fits\n");
}

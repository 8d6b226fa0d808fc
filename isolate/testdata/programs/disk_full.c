// Fills all that it can write to.
// expect: Exited 0 or MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 16];
	memset(block, 1, sizeof block);
	const char *places[] = { "fill", "/tmp/fill", "/dev/shm/fill" };
	for (int i = 0; i < 3; i++) {
		int fd = open(places[i], O_CREAT | O_WRONLY, 0600);
		while (write(fd, block, sizeof block) > 0)
			;
		if (errno != ENOSPC)
			return 1;
	}
	return 0;
}

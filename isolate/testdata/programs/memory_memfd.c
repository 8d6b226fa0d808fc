// Fills files that stand in no file system.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 20];
	memset(block, 1, sizeof block);
	for (;;) {
		int fd = memfd_create("memory", 0);
		for (int i = 0; i < 32; i++)
			if (write(fd, block, sizeof block) < 0)
				HOLE("no space before the limit\n");
	}
}

// Twenty children, each well below the limit: their sum is not.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int i = 0; i < 20; i++)
		if (fork() == 0) {
			char *block = malloc(8 << 20);
			memset(block, i + 1, 8 << 20);
			__asm__ volatile("" :: "r"(block) : "memory");
			pause();
		}
	pause();
}

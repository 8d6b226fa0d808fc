// Shares memory with children, who touch it: it counts once, and it counts.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char *block = mmap(NULL, 200 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < 4; i++)
		if (fork() == 0) {
			memset(block + i * (50 << 20), 1, 50 << 20);
			pause();
		}
	pause();
}

// Maps and touches memory without end.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (;;) {
		char *block = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (block != MAP_FAILED)
			memset(block, 1, 1 << 20);
	}
}

// Works the kernel: maps and unmaps.
// expect: CPULimit
// cpu: 300ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (;;) {
		char *block = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		block[0] = 1;
		munmap(block, 1 << 20);
	}
}

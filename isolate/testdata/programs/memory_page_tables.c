// Touches one page in every two MiB: the tables cost as much as the pages.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char *area = mmap(NULL, 1ul << 36, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (area == MAP_FAILED)
		HOLE("address space is limited\n");
	for (size_t at = 0; at < 1ul << 36; at += 2 << 20)
		area[at] = 1;
	return 0;
}

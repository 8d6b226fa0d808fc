/* Half a second of page faults. */
#include <stdio.h>
#include <sys/mman.h>

enum { SIZE = 16 << 20, PAGE = 4096 };

int main(void)
{
	for (int round = 0; round < 85; round++) {
		char *area = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (area == MAP_FAILED)
			return 1;
		madvise(area, SIZE, MADV_NOHUGEPAGE);
		for (int at = 0; at < SIZE; at += PAGE)
			area[at] = 1;
		munmap(area, SIZE);
	}
	puts("done");
}

// Reads a large input: the page cache of it is not the program's memory.
// expect: Exited 0
// stdin: 200 MiB
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	long total = 0, n;
	while ((n = read(0, block, sizeof block)) > 0)
		total += n;
	return total != 200l << 20;
}

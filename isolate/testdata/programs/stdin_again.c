// Opens its stdin by name and reads it twice.
// expect: Exited 0
// stdin: 1 MiB
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 16];
	for (int i = 0; i < 2; i++) {
		int fd = open("/dev/stdin", O_RDONLY);
		long sum = 0, n;
		while ((n = read(fd, block, sizeof block)) > 0)
			sum += n;
		if (sum != 1 << 20)
			HOLE("%ld bytes\n", sum);
	}
	return 0;
}

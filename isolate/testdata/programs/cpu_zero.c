// Works the kernel: reads zeroes.
// expect: CPULimit
// cpu: 300ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 20];
	int fd = open("/dev/zero", O_RDONLY);
	while (read(fd, block, sizeof block) > 0)
		;
	return 1;
}

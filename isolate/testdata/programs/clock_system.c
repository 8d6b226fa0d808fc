// Works in the kernel.
// expect: Exited 0
// least cpu: 190ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 20];
	struct rusage used;
	int fd = open("/dev/zero", O_RDONLY);
	do {
		read(fd, block, sizeof block);
		getrusage(RUSAGE_SELF, &used);
	} while (used.ru_utime.tv_sec == 0 && used.ru_stime.tv_sec == 0 && used.ru_stime.tv_usec < 200000);
	return 0;
}

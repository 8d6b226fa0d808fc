// Writes to its stdin.
// expect: Exited 0
// stdin: 1 MiB
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char byte;
	REFUSED(write(0, "x", 1));
	REFUSED(ftruncate(0, 0));
	REFUSED(open("/dev/stdin", O_WRONLY));
	REFUSED(open("/proc/self/fd/0", O_RDWR));
	REFUSED(fchmod(0, 0777));
	return read(0, &byte, 1) != 1 || byte != 0;
}

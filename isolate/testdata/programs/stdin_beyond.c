// Looks behind the end of its stdin.
// expect: Exited 0
// stdin: 1 MiB
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char byte;
	lseek(0, 0, SEEK_END);
	if (read(0, &byte, 1) != 0 || pread(0, &byte, 1, 1 << 21) != 0)
		HOLE("there is more\n");
	return 0;
}

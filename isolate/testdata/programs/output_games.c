// Treats stdout as a file: seeks, cuts, appends.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(lseek(1, 1 << 30, SEEK_SET));
	REFUSED(ftruncate(1, 0));
	REFUSED(pwrite(1, "x", 1, 1 << 30));
	fcntl(1, F_SETFL, O_APPEND | O_NONBLOCK);
	return write(1, "x", 1) != 1;
}

// Waits for itself to write.
// expect: WallLimit
// wall: 400ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fds[2];
	char byte;
	pipe(fds);
	read(fds[0], &byte, 1);
	return 0;
}

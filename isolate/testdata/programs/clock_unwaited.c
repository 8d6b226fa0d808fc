// Works in children that it never calls wait for: an end of file tells it that they have worked.
// expect: Exited 0
// least cpu: 290ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int held[2]; /* by each child until it ends */
	char byte;
	if (pipe(held) < 0)
		return 1;
	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			setsid();
			burn(100);
			_exit(0);
		}
	close(held[1]);
	return read(held[0], &byte, 1) != 0;
}

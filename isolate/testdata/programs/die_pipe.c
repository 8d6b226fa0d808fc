// Dies of SIGPIPE.
// expect: Signaled SIGPIPE
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fds[2];
	pipe(fds);
	close(fds[0]);
	write(fds[1], "x", 1);
	return 0;
}

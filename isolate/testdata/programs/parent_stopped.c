// Stops its parent.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	kill(getppid(), SIGSTOP);
	kill(1, SIGSTOP);
	sigqueue(1, SIGSTOP, (union sigval){ 0 });
	return 0;
}

// Dies of SIGTERM.
// expect: Signaled SIGTERM
// leaves: nothing
#include "hostile.h"
int main(void)
{
	kill(getpid(), SIGTERM);
	return 0;
}

// Dies of SIGALRM.
// expect: Signaled SIGALRM
// leaves: nothing
#include "hostile.h"
int main(void)
{
	alarm(1);
	pause();
	return 0;
}

// Dies of SIGFPE.
// expect: Signaled SIGFPE
// leaves: nothing
#include "hostile.h"
int main(void)
{
	volatile int zero = 0;
	return 7 / zero;
}

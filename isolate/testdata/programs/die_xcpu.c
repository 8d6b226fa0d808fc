// Dies of SIGXCPU.
// expect: Signaled SIGXCPU
// leaves: nothing
#include "hostile.h"
int main(void)
{
	raise(SIGXCPU);
	return 0;
}

// Dies of SIGTRAP.
// expect: Signaled SIGTRAP
// leaves: nothing
#include "hostile.h"
int main(void)
{
	raise(SIGTRAP);
	return 0;
}

// Locks memory: none may be.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char page[4096];
	REFUSED(mlockall(MCL_CURRENT | MCL_FUTURE));
	REFUSED(mlock(page, sizeof page));
	return 0;
}

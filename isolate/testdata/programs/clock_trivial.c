// Does nothing: what it costs to make its jail is not on its account.
// expect: Exited 0
// most cpu: 1s
// leaves: nothing
#include "hostile.h"
int main(void)
{
	return 0;
}

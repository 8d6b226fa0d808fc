// Dies of SIGILL.
// expect: Signaled SIGILL
// leaves: nothing
#include "hostile.h"
int main(void)
{
	__builtin_trap();
}

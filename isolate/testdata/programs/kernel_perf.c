// Measures others.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char attributes[128] = { 0 };
	DEADLY(syscall(SYS_perf_event_open, attributes, -1, 0, -1, 0));
	DEADLY(syscall(SYS_perf_event_open, attributes, 0, -1, -1, 0));
	return 0;
}

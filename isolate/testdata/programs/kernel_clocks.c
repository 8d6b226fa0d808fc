// Sets the clocks.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct timespec now = { 0, 0 };
	struct timeval then = { 0, 0 };
	char adjust[256] = { 0 };
	DEADLY(syscall(SYS_clock_settime, CLOCK_REALTIME, &now));
	DEADLY(syscall(SYS_settimeofday, &then, 0));
	DEADLY(syscall(SYS_adjtimex, adjust));
	DEADLY(syscall(SYS_clock_adjtime, CLOCK_REALTIME, adjust));
	REFUSED(open("/dev/rtc0", O_RDWR));
	return 0;
}

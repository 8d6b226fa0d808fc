// Makes itself harder to kill for memory.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY);
	if (fd >= 0)
		REFUSED(write(fd, "-1000", 5));
	return 0;
}

// Links to files that are not its own.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(link("/proc/self/exe", "exe"));
	REFUSED(linkat(AT_FDCWD, "/proc/self/exe", AT_FDCWD, "exe", AT_SYMLINK_FOLLOW));
	REFUSED(link("/dev/null", "null"));
	int fd = open("/proc/self/exe", O_RDONLY);
	REFUSED(linkat(fd, "", AT_FDCWD, "exe", AT_EMPTY_PATH));
	return 0;
}

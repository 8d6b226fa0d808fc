// Leaves a message in the map of project ids of its user namespace, which all its jails have in common.
// expect: Exited 0
// runs: 2
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static const char message[] = "1234567 7654321 42";
	char map[4096] = "";
	int fd = open("/proc/self/projid_map", O_RDONLY);
	if (fd >= 0 && read(fd, map, sizeof map - 1) >= 0 && strstr(map, "1234567"))
		HOLE("somebody was here: %s\n", map);
	fd = open("/proc/self/projid_map", O_WRONLY);
	if (fd >= 0)
		REFUSED(write(fd, message, sizeof message - 1));
	return 0;
}

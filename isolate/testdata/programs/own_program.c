// Changes its own program, by every name of it.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char path[PATH_MAX] = { 0 };
	REFUSED(open("/proc/self/exe", O_WRONLY));
	REFUSED(truncate("/proc/self/exe", 0));
	if (readlink("/proc/self/exe", path, sizeof path - 1) < 0)
		return 1;
	REFUSED(open(path, O_RDWR));
	REFUSED(unlink(path));
	REFUSED(rename(path, "/tmp/program"));
	REFUSED(chmod(path, 0777));
	REFUSED(open("/proc/1/exe", O_RDONLY));
	return 0;
}

// Starts with descriptors 0, 1 and 2, all of them what they should be, and can open them by name.
// expect: Exited 0
#include <fcntl.h>
#include <unistd.h>
int main(void)
{
	for (int fd = 3; fd < 4096; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return 1;
	if (fcntl(0, F_GETFL) & O_ACCMODE)
		return 2;
	if (fcntl(1, F_GETFL) & O_NONBLOCK)
		return 3;
	if (open("/dev/stdin", O_RDONLY) < 0 || open("/dev/stdout", O_WRONLY) < 0 || open("/dev/stderr", O_WRONLY) < 0)
		return 4;
	return 0;
}

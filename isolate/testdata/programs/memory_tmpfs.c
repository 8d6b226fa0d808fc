// Fills /tmp: what is on the jail's tmpfs is its memory.
// expect: MemoryLimit or Exited 28
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	memset(block, 1, sizeof block);
	int fd = open("/tmp/fill", O_CREAT | O_WRONLY, 0600);
	while (write(fd, block, sizeof block) > 0)
		;
	return errno;
}

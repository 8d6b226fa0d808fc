// Children flood stdout, each with its own descriptor.
// expect: OutputLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int i = 0; i < 10; i++)
		if (fork() == 0) {
			int fd = i % 2 ? dup(1) : open("/dev/stdout", O_WRONLY);
			for (;;)
				write(fd, "more and more\n", 14);
		}
	for (;;)
		pause();
}

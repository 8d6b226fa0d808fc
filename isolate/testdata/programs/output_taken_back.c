// Opens its stdout to read it, and takes back what it writes before anybody else can: who expects to find something there waits for ever.
// expect: WallLimit
// wall: 1s
// leaves: nothing
#include "hostile.h"
static void take_back(int fd)
{
	char name[32], bytes[64];
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	int back = open(name, O_RDONLY | O_NONBLOCK);
	if (back < 0)
		return;
	for (int i = 0; i < 300; i++) {
		write(fd, "x", 1);
		read(back, bytes, sizeof bytes);
	}
}
int main(void)
{
	take_back(1);
	take_back(2);
	for (;;)
		pause();
}

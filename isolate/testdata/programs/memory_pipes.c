// Fills as many pipes as it can have: what they hold is its memory, or it gets no more.
// expect: Exited 0 or MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 16];
	struct rlimit most = { 4096, 4096 };
	setrlimit(RLIMIT_NOFILE, &most);
	for (int n = 0; n < 2000; n++) {
		int fds[2];
		if (pipe2(fds, O_NONBLOCK) < 0)
			break;
		fcntl(fds[1], F_SETPIPE_SZ, 1 << 20);
		while (write(fds[1], block, sizeof block) > 0)
			;
	}
	return 0;
}

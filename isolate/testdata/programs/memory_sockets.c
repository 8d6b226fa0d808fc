// Fills as many sockets as it can have: what they hold is its memory, or it gets no more.
// expect: Exited 0 or MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char block[1 << 16];
	int large = 8 << 20;
	struct rlimit most = { 4096, 4096 };
	setrlimit(RLIMIT_NOFILE, &most);
	for (int n = 0; n < 2000; n++) {
		int fds[2];
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) < 0)
			break;
		setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &large, sizeof large);
		while (write(fds[0], block, sizeof block) > 0)
			;
	}
	return 0;
}

// Leaves an abstract socket that only a ring of messages still holds, so that the kernel finds it some time later.
// expect: Exited 0
// runs: 30
// leaves: nothing
#include "hostile.h"

/* Sends descriptors over a socket. */
static void pass(int over, const int *fds, size_t size)
{
	char byte = 'x', room[CMSG_SPACE(4 * sizeof(int))] = { 0 };
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = CMSG_SPACE(size) };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(size);
	memcpy(CMSG_DATA(header), fds, size);
	sendmsg(over, &message, 0);
}

int main(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "\0ring" };
	int to = socket(AF_UNIX, SOCK_DGRAM, 0), from = socket(AF_UNIX, SOCK_DGRAM, 0), pair[2];
	REFUSED(connect(from, (void *)&name, sizeof name));
	if (bind(to, (void *)&name, sizeof name) < 0)
		HOLE("the name is taken\n");
	if (connect(from, (void *)&name, sizeof name) < 0)
		return 1;
	for (int i = 0; i < 100 && socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0; i++) {
		pass(pair[0], (int[]){ pair[1], to }, 2 * sizeof(int));
		pass(pair[1], (int[]){ pair[0], from }, 2 * sizeof(int));
	}
	pass(from, (int[]){ to, from }, 2 * sizeof(int));
	return 0;
}

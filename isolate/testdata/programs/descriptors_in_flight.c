// Has as many descriptors on their way as go, in sockets that nobody reads: they count on its user.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
enum { EACH = 253 };
int main(void)
{
	union { struct cmsghdr header; char space[CMSG_SPACE(EACH * sizeof(int))]; } control = { 0 };
	int pair[2], sent = 0, most = 40;
	char byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(EACH * sizeof(int));
	for (int i = 0; i < EACH; i++)
		((int *)CMSG_DATA(&control.header))[i] = 0;
	while (sent < most && socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0)
		while (sent < most && sendmsg(pair[0], &message, MSG_DONTWAIT) > 0)
			sent++;
	if (sent == most)
		HOLE("%d descriptors\n", sent * EACH);
	doze(50); /* while the next jail is made */
	return 0;
}

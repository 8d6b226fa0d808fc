/* wire.c - messages with descriptors over SOCK_SEQPACKET. See wire.h for the messages. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "jailer.h"
#include "kernel.h"

enum { MAX_SENT = 2 }; /* descriptors of one message */

/* Sends one message with count descriptors. */
int send_message(int socket, const void *message, size_t size, const int *fds, int count)
{
	struct iovec part = { .iov_base = (void *)message, .iov_len = size };
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(MAX_SENT * sizeof(int))];
	} control;
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
	if (count > MAX_SENT)
		return EINVAL;
	if (count > 0) {
		memset(&control, 0, sizeof control);
		header.msg_control = control.space;
		header.msg_controllen = CMSG_SPACE(count * sizeof(int));
		struct cmsghdr *c = CMSG_FIRSTHDR(&header);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(c), fds, count * sizeof(int));
	}
	long sent;
	while ((sent = kernel(SYS_sendmsg, socket, &header, MSG_NOSIGNAL)) == -EINTR)
		;
	return errno_of(sent);
}

/* Receives one message into the parts, and its size. All its descriptors are close-on-exec. */
int receive_parts(int socket, struct iovec *parts, int count, size_t *size, struct descriptors *fds)
{
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(sizeof fds->fd)];
	} control;
	struct msghdr header = {
		.msg_iov = parts, .msg_iovlen = count,
		.msg_control = control.space, .msg_controllen = sizeof control.space,
	};
	long n;
	while ((n = kernel(SYS_recvmsg, socket, &header, MSG_CMSG_CLOEXEC)) == -EINTR)
		;
	if (n < 0)
		return errno_of(n);
	if (n == 0)
		return EPIPE;
	if (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
		return EBADMSG;
	*size = n;
	fds->count = 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			return EBADMSG;
		fds->count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(fds->fd, CMSG_DATA(c), fds->count * sizeof(int));
	}
	return 0;
}

/* Receives one message of exactly size bytes. */
int receive_message(int socket, void *message, size_t size, struct descriptors *fds)
{
	struct iovec part = { .iov_base = message, .iov_len = size };
	size_t n;
	int error = receive_parts(socket, &part, 1, &n, fds);
	if (error)
		return error;
	return n == size ? 0 : EBADMSG;
}

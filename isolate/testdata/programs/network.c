// Has no network, and no socket families to attack.
// expect: Exited 0
#include <errno.h>
#include <sys/socket.h>
int main(void)
{
	int families[] = { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK };
	for (unsigned i = 0; i < sizeof families / sizeof *families; i++)
		if (socket(families[i], SOCK_STREAM, 0) != -1 || errno != EAFNOSUPPORT)
			return 1 + i;
	return socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? 100 : 0;
}

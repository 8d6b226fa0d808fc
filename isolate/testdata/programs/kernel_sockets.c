// Tries every family of sockets, and every type of the one that it may have.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int family = 0; family < 64; family++)
		for (int type = 1; type < 11; type++)
			if (family != AF_UNIX)
				REFUSED(socket(family, type, 0));
	REFUSED(socket(AF_INET | 1 << 16, SOCK_STREAM, 0));
	REFUSED(syscall(SYS_socket, AF_INET | 1l << 32, SOCK_STREAM, 0));
	REFUSED(syscall(SYS_socketpair, AF_INET, SOCK_STREAM, 0, 0));
	return 0;
}

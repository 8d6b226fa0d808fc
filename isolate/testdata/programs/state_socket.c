// Leaves a process that listens on an abstract socket for the next run.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "\0word" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	REFUSED(connect(fd, (void *)&name, sizeof name));
	if (bind(fd, (void *)&name, sizeof name) < 0)
		HOLE("the name is taken\n");
	listen(fd, 5);
	if (fork() == 0) {
		setsid();
		pause();
	}
	return 0;
}

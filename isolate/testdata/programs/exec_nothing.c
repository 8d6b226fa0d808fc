// Runs what is no program.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	close(open("empty", O_CREAT | O_WRONLY, 0700));
	int fd = open("bad", O_CREAT | O_WRONLY, 0700);
	write(fd, "\x7f" "ELF bad bad bad bad bad", 24);
	close(fd);
	REFUSED(execl("empty", "empty", NULL));
	REFUSED(execl("bad", "bad", NULL));
	REFUSED(execl("/bin/sh", "sh", NULL));
	return 0;
}

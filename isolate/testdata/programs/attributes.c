// Gives files capabilities, and itself a set-user-id file.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fd = open("tool", O_CREAT | O_WRONLY, 0700);
	REFUSED(fchown(fd, 0, 0));
	ABSENT(syscall(SYS_setxattr, "tool", "security.capability", "x", 1, 0));
	ABSENT(syscall(SYS_fsetxattr, fd, "user.word", "x", 1, 0));
	fchmod(fd, 06755); /* its own user's, on a mount that is nosuid */
	return 0;
}

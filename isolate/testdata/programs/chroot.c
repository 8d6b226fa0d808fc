// Breaks out as the books have it: a second chroot above an open directory.
// expect: BadSyscall
// leaves: nothing
#include "hostile.h"
int main(void)
{
	mkdir("jail", 0700);
	int root = open("/", O_RDONLY);
	chroot("jail");
	fchdir(root);
	for (int i = 0; i < 64; i++)
		chdir("..");
	chroot(".");
	return open("/etc/shadow", O_RDONLY) < 0;
}

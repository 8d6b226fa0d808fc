// Climbs from a directory that it has kept open.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	int root = open("/", O_RDONLY | O_DIRECTORY), own = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 64; i++) {
		fchdir(root);
		chdir("..");
		int up = open("..", O_RDONLY | O_DIRECTORY);
		close(root);
		root = up;
	}
	REFUSED(openat(root, "etc/shadow", O_RDONLY));
	REFUSED(openat(root, argv[1] + 1, O_RDONLY));
	REFUSED(openat(own, "../../../../etc/shadow", O_RDONLY));
	return 0;
}

// Writes to a file of the host, which its argument names, by every way it knows.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	REFUSED(open(argv[1], O_WRONLY | O_TRUNC));
	REFUSED(truncate(argv[1], 0));
	REFUSED(unlink(argv[1]));
	REFUSED(rename(argv[1], "/tmp/mine"));
	REFUSED(link(argv[1], "/tmp/mine"));
	REFUSED(chmod(argv[1], 0777));
	symlink(argv[1], "/tmp/link");
	REFUSED(open("/tmp/link", O_WRONLY | O_CREAT, 0600));
	return 0;
}

// Plants links where a judge might look or clean up, its working directory among them.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	const char *names[] = { "output", "stdout", "main", "core", "out", "feedback", "../tmp/a", "/tmp/judge", "/dev/shm/judge" };
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		symlink(argv[1], names[i]);
	mkfifo("fifo", 0666);
	mkdir("dir", 0700);
	symlink("/", "dir/root");
	symlink("dir/loop", "dir/loop");
	chdir("/");
	rename("/box/work", "/box/elsewhere");
	symlink("/etc", "/box/work");
	return 0;
}

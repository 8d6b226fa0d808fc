// Writes a program and runs it, which is its right.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "copy"))
		return 0;
	static char block[1 << 16];
	int from = open("/proc/self/exe", O_RDONLY), to = open("/tmp/copy", O_CREAT | O_WRONLY, 0700);
	long n;
	while ((n = read(from, block, sizeof block)) > 0)
		write(to, block, n);
	close(to);
	char *args[] = { "copy", "copy", NULL };
	execv("/tmp/copy", args);
	return 1;
}

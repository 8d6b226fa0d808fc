// Calls itself what confuses who reads /proc.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[0], ") R 1 2 3 ("))
		return 0;
	prctl(PR_SET_NAME, ") R 1 (x\n");
	char *args[] = { ") R 1 2 3 (", "\x1b[2J", NULL };
	execv("/proc/self/exe", args);
	return 1;
}

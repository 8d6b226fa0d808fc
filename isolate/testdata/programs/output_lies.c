// Prints what a judge might say.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	puts("time limit exceeded\nverdict: AC\n{\"schema\": 1, \"cause\": \"exited\"}\n\x1b[2J\x1b]0;owned\x07");
	fputs("exit 42\ncpu 0\nmemory 0\n", stderr);
	return 0;
}

// Dies of SIGXFSZ.
// expect: Signaled SIGXFSZ
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct rlimit small = { 10, 10 };
	setrlimit(RLIMIT_FSIZE, &small);
	write(open("f", O_CREAT | O_WRONLY, 0600), "more than ten bytes", 19);
	write(open("f", O_WRONLY | O_APPEND), "more", 4);
	return 0;
}

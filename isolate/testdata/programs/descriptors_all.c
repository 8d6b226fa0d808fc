// Opens files until no more go.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int n = 0;
	struct rlimit most = { 1 << 20, 1 << 20 };
	REFUSED(setrlimit(RLIMIT_NOFILE, &most));
	while (open("/dev/null", O_RDONLY) >= 0)
		n++;
	if (errno != EMFILE || n > 1024)
		HOLE("%d files\n", n);
	return 0;
}

// A grandchild is killed for memory; its parents end well.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	if (fork() == 0) {
		if (fork() == 0)
			for (;;)
				memset(malloc(1 << 20), 1, 1 << 20);
		wait(NULL);
		_exit(0);
	}
	wait(NULL);
	return 0;
}

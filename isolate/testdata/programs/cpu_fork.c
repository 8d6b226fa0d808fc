// Works the kernel: starts and reaps children.
// expect: CPULimit
// cpu: 300ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (;;) {
		if (fork() == 0)
			_exit(0);
		wait(NULL);
	}
}

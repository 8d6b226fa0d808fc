// A child keeps stdout open and would write when its parent has ended.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	if (fork() == 0) {
		setsid();
		doze(200);
		for (;;)
			write(1, "late\n", 5);
	}
	return 0;
}

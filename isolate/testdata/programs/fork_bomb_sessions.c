// A fork bomb whose every child has a session of its own and ignores all signals.
// expect: CPULimit or WallLimit or MemoryLimit
// cpu: 500ms
// wall: 3s
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int s = 1; s < 65; s++)
		signal(s, SIG_IGN);
	for (;;)
		if (fork() == 0)
			setsid();
}

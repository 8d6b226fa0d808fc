// Forks without end, each child ignoring what can be ignored, in its own session.
// expect: CPULimit or WallLimit or MemoryLimit
// cpu: 300ms
#include <signal.h>
#include <unistd.h>
int main(void)
{
	for (int s = 1; s < 65; s++)
		signal(s, SIG_IGN);
	for (;;)
		if (fork() == 0)
			setsid();
}

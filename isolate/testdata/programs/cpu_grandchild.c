// Burns CPU in a grandchild that nobody waits for, in a session of its own.
// expect: CPULimit
// cpu: 300ms
#include <unistd.h>
int main(void)
{
	if (fork() == 0) {
		setsid();
		if (fork() == 0)
			for (;;)
				;
		_exit(0);
	}
	for (;;)
		pause();
}

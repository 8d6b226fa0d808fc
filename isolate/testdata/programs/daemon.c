// Leaves a daemon behind; the parent's end is the run's end.
// expect: Exited 0
#include <unistd.h>
int main(void)
{
	if (fork() == 0) {
		setsid();
		if (fork() == 0)
			for (;;)
				pause();
		_exit(0);
	}
	return 0;
}

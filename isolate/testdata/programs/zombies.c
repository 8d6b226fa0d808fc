// Makes zombies by the dozen and leaves.
// expect: Exited 0
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 1000; i++) {
		int pid = fork();
		if (pid == 0)
			_exit(0);
	}
	return 0;
}

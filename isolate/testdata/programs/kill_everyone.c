// Kills whomever it can reach, its parent and pid 1 by name.
// expect: Exited 0
#include <signal.h>
#include <unistd.h>
int main(void)
{
	kill(-1, SIGKILL);
	kill(1, SIGKILL);
	kill(getppid(), SIGKILL);
	return 0;
}

// Sends signals to whatever process id there may be on the host.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int s = 1; s < 65; s++)
		signal(s, SIG_IGN);
	for (int pid = 2; pid < 65536; pid++)
		if (pid != getpid() && kill(pid, SIGTERM) == 0)
			HOLE("process %d was there\n", pid);
	return 0;
}

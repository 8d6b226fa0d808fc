// Sends its init every signal there is.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int s = 1; s < 65; s++)
		kill(1, s);
	doze(50);
	if (kill(1, 0) < 0 && errno == ESRCH)
		HOLE("init is gone\n");
	return 0;
}

// Blocks every signal and sleeps.
// expect: WallLimit
// wall: 400ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	sigset_t all;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (;;)
		doze(1000);
}

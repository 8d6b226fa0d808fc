// Ignores every signal and spins.
// expect: CPULimit
// cpu: 300ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int s = 1; s < 65; s++)
		signal(s, SIG_IGN);
	for (;;)
		;
}

// Sends its init every signal there is.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int s = 1; s < 65; s++)
		REFUSED(kill(1, s));
	doze(50); /* whoever ended it would end with it */
	return 0;
}

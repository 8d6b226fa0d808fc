// Copies stdout to every descriptor it can have, in many children that outlive it.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int i = 0; i < 10; i++)
		if (fork() == 0) {
			while (dup(1) >= 0 && dup(2) >= 0)
				;
			pause();
		}
	return 0;
}

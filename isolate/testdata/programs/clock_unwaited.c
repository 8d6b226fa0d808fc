// Works in children that it never waits for, and ends before they do.
// expect: Exited 0
// least cpu: 290ms
// wall: 15s
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			setsid();
			burn(100);
			_exit(0);
		}
	doze(1500);
	return 0;
}

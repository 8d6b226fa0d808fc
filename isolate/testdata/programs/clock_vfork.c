// Works in a child that has borrowed its memory.
// expect: Exited 0
// least cpu: 200ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	if (vfork() == 0) {
		burn(200);
		_exit(0);
	}
	return 0;
}

// Works after main.
// expect: Exited 0
// least cpu: 200ms
// leaves: nothing
#include "hostile.h"
static void late(void) { burn(200); }
int main(void)
{
	atexit(late);
	return 0;
}

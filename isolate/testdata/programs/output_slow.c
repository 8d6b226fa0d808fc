// Writes a byte now and then, without end.
// expect: WallLimit
// wall: 500ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (;;) {
		write(1, "x", 1);
		doze(10);
	}
}

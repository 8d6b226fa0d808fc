// Waits for nothing, for ever.
// expect: WallLimit
// wall: 400ms
// leaves: nothing
#include "hostile.h"
int main(void)
{
	select(0, NULL, NULL, NULL, NULL);
	return 0;
}

// Asks for more than there can be, is told no, and goes on.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	void *much = malloc(1ul << 46);
	return much != NULL;
}

// Leaks small blocks.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (;;)
		*(volatile char *)malloc(48) = 1;
}

// Recurses through 40 MiB of stack, which is its right.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
static int deep(int n)
{
	volatile char frame[64 << 10];
	frame[0] = frame[sizeof frame - 1] = 1;
	return n == 0 ? 0 : frame[0] + deep(n - 1);
}
int main(void)
{
	return deep(640) != 640;
}

// Exits with 137, which is a program's own code and means nothing else.
// expect: Exited 137
// leaves: nothing
#include "hostile.h"
int main(void)
{
	return 137;
}

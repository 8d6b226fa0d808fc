// Exits with 127, which is a program's own code and means nothing else.
// expect: Exited 127
// leaves: nothing
#include "hostile.h"
int main(void)
{
	return 127;
}

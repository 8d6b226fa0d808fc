// Exits with 126, which is a program's own code and means nothing else.
// expect: Exited 126
// leaves: nothing
#include "hostile.h"
int main(void)
{
	return 126;
}

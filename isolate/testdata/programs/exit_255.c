// Exits with 255, which is a program's own code and means nothing else.
// expect: Exited 255
// leaves: nothing
#include "hostile.h"
int main(void)
{
	return 255;
}

// Never reads its stdin.
// expect: Exited 0
// stdin: 8 MiB
// leaves: nothing
#include "hostile.h"
int main(void)
{
	return 0;
}

// Makes many directories inside each other, out of reach of any path.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	for (int i = 0; i < 5000; i++)
		if (mkdir("d", 0700) < 0 || chdir("d") < 0)
			break;
	return 0;
}

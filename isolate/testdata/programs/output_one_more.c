// Writes one byte more than the limit.
// expect: OutputLimit
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char line[(1 << 20) + 1];
	for (size_t done = 0; done < sizeof line;)
		done += write(1, line + done, sizeof line - done);
	pause();
	return 0;
}

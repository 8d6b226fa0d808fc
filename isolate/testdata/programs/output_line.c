// Writes one long line of all bytes, just within the limit.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	static char line[1 << 20];
	for (int i = 0; i < 1 << 20; i++)
		line[i] = i % 256 == '\n' ? 0 : i;
	for (size_t done = 0; done < sizeof line;)
		done += write(1, line + done, sizeof line - done);
	return 0;
}

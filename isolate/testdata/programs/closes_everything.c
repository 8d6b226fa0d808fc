// Closes its standard descriptors and goes on for a while.
// expect: Exited 0
#include <time.h>
#include <unistd.h>
int main(void)
{
	struct timespec wait = { 0, 50000000 };
	close(0), close(1), close(2);
	nanosleep(&wait, 0);
	return 0;
}

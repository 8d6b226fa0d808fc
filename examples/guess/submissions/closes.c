/* Closes its pipes, and goes. */
#include <unistd.h>
int main(void)
{
	close(0);
	close(1);
}

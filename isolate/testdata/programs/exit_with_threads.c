// Ends while its threads work.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
static void *spin(void *nothing) { for (;;) ; return nothing; }
int main(void)
{
	pthread_t t;
	for (int i = 0; i < 8; i++)
		pthread_create(&t, NULL, spin, NULL);
	_exit(0);
}

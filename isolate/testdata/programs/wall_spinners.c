// Spins in many threads, each of which mostly waits for the others: that is no reason to let it go on beyond its wall limit.
// expect: WallLimit
// cpu: 60s
// wall: 1s
// most cpu: 6s
// leaves: nothing
#include "hostile.h"
static void *spin(void *nothing)
{
	for (;;)
		;
	return nothing;
}
int main(void)
{
	pthread_t thread;
	for (int i = 0; i < 20; i++)
		pthread_create(&thread, NULL, spin, NULL);
	return spin(NULL) != NULL;
}

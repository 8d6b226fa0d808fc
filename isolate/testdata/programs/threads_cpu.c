// Spins in four threads: their CPU time is summed.
// expect: CPULimit
// cpu: 400ms
// leaves: nothing
#include "hostile.h"
static void *spin(void *nothing) { for (;;) ; return nothing; }
int main(void)
{
	pthread_t t;
	for (int i = 0; i < 4; i++)
		pthread_create(&t, NULL, spin, NULL);
	spin(NULL);
}

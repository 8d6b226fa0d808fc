// Starts threads until it cannot, all of them spinning: their CPU time is summed.
// expect: CPULimit or MemoryLimit
// cpu: 300ms
#include <pthread.h>
static void *spin(void *none) { (void)none; for (;;) ; }
int main(void)
{
	pthread_t thread;
	while (pthread_create(&thread, 0, spin, 0) == 0)
		;
	for (;;)
		;
}

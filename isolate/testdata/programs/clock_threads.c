// Works in threads that are gone before it ends.
// expect: Exited 0
// least cpu: 190ms
// leaves: nothing
#include "hostile.h"
static void *work(void *nothing) { burn(50); return nothing; }
int main(void)
{
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	return 0;
}

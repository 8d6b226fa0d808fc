// Works in threads that are gone before it ends.
// expect: Exited 0
// least cpu: 190ms
// wall: 15s
// leaves: nothing
#include "hostile.h"
static void *work(void *nothing) { burn(50); return nothing; }
int main(void)
{
	for (int i = 0; i < 4; i++) {
		pthread_t t;
		pthread_create(&t, NULL, work, NULL);
		pthread_detach(t);
	}
	doze(1500);
	return 0;
}

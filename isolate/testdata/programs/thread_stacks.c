// Starts threads that each use a large stack.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
static void *use(void *nothing)
{
	char large[12 << 20];
	memset(large, 1, sizeof large);
	__asm__ volatile("" :: "r"(large) : "memory");
	pause();
	return nothing;
}
int main(void)
{
	pthread_t t;
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 16 << 20);
	for (int i = 0; i < 20; i++)
		pthread_create(&t, &attributes, use, NULL);
	pause();
}

// Stays on its core, whatever it asks for.
// expect: Exited 0
#define _GNU_SOURCE
#include <sched.h>
int main(void)
{
	cpu_set_t all, now;
	CPU_ZERO(&all);
	for (int cpu = 0; cpu < 64; cpu++)
		CPU_SET(cpu, &all);
	sched_setaffinity(0, sizeof all, &all);
	return sched_getaffinity(0, sizeof now, &now) != 0 || CPU_COUNT(&now) != 1;
}

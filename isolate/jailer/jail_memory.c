/*
 * jail_memory.c - allocates the memory of jails. Only the jailer itself, which has one thread,
 * calls it.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "jailer.h"

static struct jail_memory *all; /* as many as there have been jails at once */

/*
 * A process whose word is cleared no longer runs in this memory. If the init of a jail is killed
 * before exec, the program's process may live a moment longer. Hence two words.
 */
static int empty(const struct jail_memory *memory)
{
	return memory->init == 0 && memory->program == 0;
}

struct jail_memory *jail_memory_take(void)
{
	for (struct jail_memory *memory = all; memory; memory = memory->next)
		if (empty(memory))
			return memory;
	struct jail_memory *memory = mmap(NULL, sizeof *memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	memory->next = all;
	return all = memory;
}

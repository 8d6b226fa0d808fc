/* jail_memory.c - the all of jails. Only the jailer itself, which has one thread, takes them. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "jailer.h"

static struct jail_memory *all; /* all there are: as many as there have been jails at a time */

/*
 * A process whose word is cleared no longer runs in this memory. When the init of a jail is killed before exec, the program's
 * process may live a moment longer than it: hence two words.
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

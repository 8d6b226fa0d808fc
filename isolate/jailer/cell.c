/* cell.c - the cells of jails. Only the jailer itself, which has one thread, takes them. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "jailer.h"

static struct cell *cells; /* all there are: as many as there have been jails at a time */

/*
 * A process whose word is cleared no longer runs in this memory. When the init of a jail is killed before exec, the program's
 * process may live a moment longer than it: hence two words.
 */
static int empty(const struct cell *cell)
{
	return cell->init == 0 && cell->program == 0;
}

struct cell *cell_take(void)
{
	for (struct cell *cell = cells; cell; cell = cell->next)
		if (empty(cell))
			return cell;
	struct cell *cell = mmap(NULL, sizeof *cell, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (cell == MAP_FAILED)
		return NULL;
	cell->next = cells;
	return cells = cell;
}

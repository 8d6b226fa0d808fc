// Holds System V shared memory.
// expect: MemoryLimit
// leaves: nothing
#include "hostile.h"
#include <sys/shm.h>
int main(void)
{
	for (;;) {
		int id = shmget(IPC_PRIVATE, 4 << 20, 0600);
		char *block = id < 0 ? (void *)-1 : shmat(id, NULL, 0);
		if (block == (void *)-1)
			HOLE("no more shared memory before the limit\n");
		memset(block, 1, 4 << 20);
	}
}

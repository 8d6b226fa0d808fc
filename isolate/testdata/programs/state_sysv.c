// Leaves System V objects for the next run.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
int main(void)
{
	REFUSED(shmget(4711, 4096, 0));
	REFUSED(semget(4711, 1, 0));
	REFUSED(msgget(4711, 0));
	if (shmget(4711, 4096, IPC_CREAT | 0666) < 0 || semget(4711, 1, IPC_CREAT | 0666) < 0 || msgget(4711, IPC_CREAT | 0666) < 0)
		return 1;
	return 0;
}

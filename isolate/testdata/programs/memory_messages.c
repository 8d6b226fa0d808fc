// Fills System V message queues.
// expect: Exited 0 or MemoryLimit
// leaves: nothing
#include "hostile.h"
#include <sys/msg.h>
int main(void)
{
	static struct { long type; char text[8000]; } message = { .type = 1 };
	for (int n = 0; n < 40000; n++) {
		int id = msgget(IPC_PRIVATE, 0600);
		if (id < 0)
			break;
		while (msgsnd(id, &message, sizeof message.text, IPC_NOWAIT) == 0)
			;
	}
	return 0;
}

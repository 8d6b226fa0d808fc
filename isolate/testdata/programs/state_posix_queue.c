// Leaves a POSIX queue for the next run.
// expect: Exited 0
// runs: 3
// leaves: nothing
#include "hostile.h"
#include <mqueue.h>
int main(void)
{
	REFUSED(mq_open("/word", O_RDONLY));
	mq_open("/word", O_CREAT | O_RDWR, 0666, NULL); /* no memory for queues: refused as well */
	return 0;
}

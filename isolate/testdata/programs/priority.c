// Asks for more than its share of the processor.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct sched_param first = { .sched_priority = 50 };
	struct { uint32_t size, policy; uint64_t flags; int32_t nice; uint32_t priority; uint64_t runtime, deadline, period; } deadline = {
		48, 6, 0, 0, 0, 10000000, 20000000, 20000000 };
	REFUSED(setpriority(PRIO_PROCESS, 0, -20));
	REFUSED(nice(-1) == -1 ? -1 : 0);
	REFUSED(sched_setscheduler(0, SCHED_FIFO, &first));
	REFUSED(sched_setscheduler(0, SCHED_RR, &first));
	REFUSED(syscall(SYS_sched_setattr, 0, &deadline, 0));
	REFUSED(syscall(SYS_ioprio_set, 1, 0, 1 << 13));
	return 0;
}

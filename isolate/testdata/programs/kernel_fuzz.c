// Makes random calls with random arguments for a while, in children that are replaced as they die.
// expect: any
// cpu: 4s
// wall: 6s
// leaves: nothing
#include "hostile.h"
static char memory[1 << 16];

/* Not those that would end the experiment at once: exit, and what sleeps. */
static long number(void)
{
	for (;;) {
		long nr = random() % 470;
		if (nr != SYS_exit && nr != SYS_exit_group && nr != SYS_pause && nr != SYS_rt_sigsuspend && nr != SYS_rt_sigreturn)
			return nr;
	}
}

static long argument(void)
{
	switch (random() % 6) {
	case 0: return random() % 16;
	case 1: return (long)memory + random() % sizeof memory;
	case 2: return -1 - random() % 200;
	case 3: return 1l << random() % 64;
	case 4: return (long)"/tmp/x";
	default: return (random() << 32) ^ random();
	}
}
int main(void)
{
	unsigned seed = getpid() ^ time(NULL);
	dprintf(2, "seed %u\n", seed);
	time_t end = time(NULL) + 2;
	while (time(NULL) < end) {
		pid_t child = fork();
		if (child == 0) {
			srandom(seed);
			alarm(1);
			for (int i = 0; i < 2000; i++)
				syscall(number(), argument(), argument(), argument(), argument(), argument(), argument());
			_exit(0);
		}
		seed++;
		for (int tries = 0; tries < 200 && waitpid(child, NULL, WNOHANG) == 0; tries++)
			doze(2);
		kill(child, SIGKILL);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
	return 0;
}

// Makes the calls that making a jail takes with sixth arguments of its own: guesses, and whatever it finds in its registers and on its
// stack when it starts.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
static long with(long sixth, long number, long a, long b, long c)
{
	return syscall(number, a, b, c, 0, 0, sixth);
}
static void try(long sixth)
{
	unsigned long cores = ~0ul, before = 0, after = 0;
	DEADLY(with(sixth, SYS_unshare, CLONE_NEWCGROUP, 0, 0));
	DEADLY(with(sixth, SYS_mount, 0, (long) "/", 0));
	ABSENT(with(sixth, SYS_clone3, 0, 0, 0));
	syscall(SYS_sched_getaffinity, 0, sizeof before, &before);
	with(sixth, SYS_sched_setaffinity, 0, sizeof cores, (long)&cores);
	syscall(SYS_sched_getaffinity, 0, sizeof after, &after);
	if (before != after)
		HOLE("the cores were %lx and are %lx with %lx\n", before, after, sixth);
}
int main(int argc, char **argv)
{
	long guesses[] = { 0, 1, -1, 0x100000000, 0x7fffffffffffffff };
	for (unsigned i = 0; i < sizeof guesses / sizeof *guesses; i++)
		try(guesses[i]);
	long *top = (long *)(argv + argc);
	for (int i = -64; i < 64; i++)
		try(top[i]);
	return 0;
}

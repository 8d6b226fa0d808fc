// Asks for a user namespace by clone, whose flags the filter sees, junk in the high bits included.
// expect: BadSyscall
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD | 1ul << 40, 0, 0, 0, 0);
	return 0;
}

// Wants namespaces of its own, one by one.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int kinds[] = { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, 0x80 };
	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		DEADLY(syscall(SYS_unshare, kinds[i]));
		pid_t child = fork();
		int status;
		if (child == 0)
			_exit(syscall(SYS_clone, kinds[i] | SIGCHLD, 0, 0, 0, 0) >= 0);
		waitpid(child, &status, 0);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 1)
			HOLE("clone of %x\n", kinds[i]);
	}
	DEADLY(syscall(SYS_setns, 0, 0));
	ABSENT(syscall(SYS_clone3, NULL, 0));
	return 0;
}

// Installs filters and rule sets of its own.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char any[64] = { 0 };
	REFUSED(syscall(SYS_seccomp, 1, 0, any));
	REFUSED(prctl(PR_SET_SECCOMP, 2, any));
	REFUSED(prctl(PR_SET_SECCOMP, 0));
	REFUSED(syscall(444 /* landlock_create_ruleset */, any, 8, 0));
	return 0;
}

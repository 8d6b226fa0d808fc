// Wants rights back.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
#include <grp.h>
#include <sys/fsuid.h>
int main(void)
{
	gid_t groups[] = { 0 };
	struct { uint32_t version; int pid; } header = { 0x20080522, 0 };
	uint32_t all[6] = { ~0u, ~0u, ~0u, ~0u, ~0u, ~0u };
	REFUSED(setuid(0));
	REFUSED(setgid(0));
	REFUSED(setresuid(0, 0, 0));
	REFUSED(setreuid(-1, 0));
	REFUSED(setgroups(1, groups));
	REFUSED(syscall(SYS_capset, &header, all));
	REFUSED(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
	REFUSED(prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
	REFUSED(prctl(PR_SET_MM, 1, 0, 0, 0));
	if (setfsuid(0) != (int)getuid() || setfsuid(-1) != (int)getuid())
		HOLE("another user for files\n");
	return 0;
}

// Asks which names were looked up before: the kernel keeps them for everybody, those of files that are not there too.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
#include <linux/openat2.h>
int main(void)
{
	struct open_how how = { .flags = O_PATH, .resolve = RESOLVE_CACHED };
	ABSENT(syscall(SYS_openat2, AT_FDCWD, "/prog/name_cache", &how, sizeof how));
	ABSENT(syscall(SYS_openat2, AT_FDCWD, "/prog/nobody", &how, sizeof how));
	return 0;
}

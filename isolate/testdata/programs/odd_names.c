// Leaves names that are hard to print, to type and to delete.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	char name[NAME_MAX + 1];
	memset(name, '\xff', NAME_MAX);
	name[NAME_MAX] = 0;
	const char *names[] = { "new\nline", "-rf", "--", " ", "*", "\x1b[2J", "\x80\xfe", "a\\b", "$(reboot)", "'\"", name, "..." };
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (open(names[i], O_CREAT | O_WRONLY, 0600) < 0 || mkdir(i % 2 ? "d\n" : "d\xfd", 0700) < 0 && errno != EEXIST)
			return 1;
	return 0;
}

// Writes to every mount that it sees, apart from its own tmpfs.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "r");
	char line[8192], place[4096], options[4096], path[8192];
	int n = 0;
	while (mounts && fgets(line, sizeof line, mounts)) {
		if (sscanf(line, "%*d %*d %*s %*s %4095s %4095s", place, options) != 2)
			HOLE("strange line: %s", line);
		n++;
		if (!strcmp(place, "/box") || !strncmp(place, "/dev/", 5) || !strcmp(place, "/proc"))
			continue;
		if (strncmp(options, "ro", 2))
			HOLE("writable: %s", line);
		snprintf(path, sizeof path, "%s/new", place);
		REFUSED(open(path, O_CREAT | O_WRONLY, 0600));
	}
	return n < 3;
}

// Looks at /proc: there is nobody but itself.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	struct dirent *entry;
	DIR *all = opendir("/proc");
	while ((entry = readdir(all))) {
		int pid = atoi(entry->d_name);
		if (pid > 0 && pid != getpid())
			HOLE("process %d shows\n", pid);
		const char *hidden[] = { "meminfo", "cpuinfo", "loadavg", "stat", "uptime", "version", "cmdline", "sys", "bus", "irq", "interrupts", "keys", "modules" };
		for (unsigned i = 0; i < sizeof hidden / sizeof *hidden; i++)
			if (!strcmp(entry->d_name, hidden[i]))
				HOLE("/proc/%s shows\n", hidden[i]);
	}
	return 0;
}

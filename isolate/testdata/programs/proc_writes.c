// Writes to the kernel's switches.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	const char *switches[] = { "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches",
		"/proc/self/uid_map", "/proc/self/setgroups", "/proc/1/mem", "/proc/1/oom_score_adj", "/sys/fs/cgroup/cgroup.procs",
		"/sys/fs/cgroup/memory/release_agent", "/sys/kernel/uevent_helper", "/proc/acpi/wakeup", "/proc/timer_list" };
	for (unsigned i = 0; i < sizeof switches / sizeof *switches; i++) {
		int fd = open(switches[i], O_WRONLY);
		if (fd >= 0)
			REFUSED(write(fd, "1", 1));
	}
	return 0;
}

// Writes to the kernel's switches, and to all that /proc shows of itself.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
static void write_all(const char *path)
{
	struct dirent *entry;
	DIR *all = opendir(path);
	while (all && (entry = readdir(all))) {
		char name[PATH_MAX];
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (entry->d_type == DT_REG && open(name, O_WRONLY) >= 0)
			HOLE("%s opens for writing\n", name);
	}
}
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
	if (access("/proc/self/loginuid", F_OK) < 0 && access("/proc/self/comm", F_OK) < 0)
		HOLE("no /proc to look at\n");
	write_all("/proc/self");
	write_all("/proc/self/attr");
	write_all("/proc/thread-self");
	return 0;
}

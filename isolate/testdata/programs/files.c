// Sees nothing of the host and can write nowhere but on its own tmpfs.
// expect: Exited 0
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
int main(void)
{
	const char *hidden[] = { "/etc/passwd", "/etc", "/home", "/root", "/usr", "/sys", "/proc/1/environ", "/proc/1",
		"/proc/meminfo", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/fs/cgroup", "/var", "/dev/sda", "/dev/tty" };
	for (unsigned i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (access(hidden[i], F_OK) == 0)
			return 1 + i;
	const char *closed[] = { "/new", "/dev/new", "/prog/new", "/box/new", "/proc/new" };
	for (unsigned i = 0; i < sizeof closed / sizeof *closed; i++)
		if (open(closed[i], O_CREAT | O_WRONLY, 0600) >= 0)
			return 50 + i;
	const char *open_to_us[] = { "/tmp/new", "new", "/dev/shm/new" };
	for (unsigned i = 0; i < sizeof open_to_us / sizeof *open_to_us; i++)
		if (open(open_to_us[i], O_CREAT | O_WRONLY, 0600) < 0)
			return 60 + i;
	if (mknod("disk", S_IFBLK | 0600, makedev(254, 0)) == 0 || mknod("mem", S_IFCHR | 0600, makedev(1, 1)) == 0)
		return 70;
	if (chmod("/dev/null", 0) == 0 || chown("/tmp", 0, 0) == 0)
		return 71;
	int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDONLY), full = open("/dev/full", O_WRONLY);
	char byte = 1;
	if (write(null, &byte, 1) != 1 || read(zero, &byte, 1) != 1 || byte != 0 || write(full, &byte, 1) != -1)
		return 72;
	return 0;
}

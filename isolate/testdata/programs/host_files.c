// Looks for files of the host: its own argument names one that is there.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(int argc, char **argv)
{
	const char *ways[] = { "%s", "../../../../../../..%s", "/proc/self/root%s", "/proc/self/cwd/../../../../..%s", "/proc/1/root%s", "/box/../..%s",
		"/proc/self/fd/0/../..%s", "/dev/fd/../../..%s" };
	char path[4096];
	for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++) {
		snprintf(path, sizeof path, ways[i], argv[1]);
		REFUSED(open(path, O_RDONLY));
		REFUSED(readlink(path, path, 1));
	}
	const char *secrets[] = { "/etc/shadow", "/etc/passwd", "/root", "/home", "/var", "/run", "/boot", "/lib", "/usr", "/etc", "/sys", "/proc/kcore", "/proc/kallsyms",
		"/proc/cmdline", "/proc/version", "/proc/mounts", "/proc/1/environ", "/proc/1/cmdline", "/proc/sys", "/proc/net", "/dev/mem", "/dev/kmsg", "/dev/tty", "/dev/ptmx" };
	for (unsigned i = 0; i < sizeof secrets / sizeof *secrets; i++)
		if (strcmp(secrets[i], "/proc/mounts") && strcmp(secrets[i], "/proc/net"))
			REFUSED(open(secrets[i], O_RDONLY));
	return 0;
}

// Makes empty files until it can make no more: the tmpfs has an end.
// expect: Exited 0 or MemoryLimit or CPULimit
// cpu: 300ms
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char name[32];
	for (int i = 0;; i++) {
		snprintf(name, sizeof name, "%d", i);
		int fd = open(name, O_CREAT | O_WRONLY, 0);
		if (fd < 0)
			return errno != ENOSPC;
		close(fd);
	}
}

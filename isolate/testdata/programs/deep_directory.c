// Leaves a very deep directory behind that nobody may read.
// expect: Exited 0 or CPULimit
// cpu: 300ms
#include <sys/stat.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 10000; i++) {
		if (mkdir("d", 0700) < 0 || chdir("d") < 0)
			break;
	}
	chmod(".", 0);
	return 0;
}

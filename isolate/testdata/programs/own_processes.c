// Changes what is its own, and syncs what it writes, as programs do that mean no harm.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
#define WORKS(call) do { if ((long)(call) < 0) HOLE("line %d: errno %d: %s\n", __LINE__, errno, #call); } while (0)

static void change(pid_t pid)
{
	struct rlimit files;
	struct sched_param param = { 0 };
	WORKS(prlimit(pid, RLIMIT_NOFILE, NULL, &files));
	WORKS(prlimit(pid, RLIMIT_NOFILE, &files, NULL));
	WORKS(setpriority(PRIO_PROCESS, pid, 1));
	WORKS(sched_setscheduler(pid, SCHED_OTHER, &param));
	WORKS(sched_setparam(pid, &param));
	if (pid) {
		WORKS(kill(pid, 0));
		WORKS(syscall(SYS_pidfd_open, pid, 0));
		WORKS(fcntl(0, F_SETOWN, pid));
	}
}

static void sync_files(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), directory = open(".", O_RDONLY | O_DIRECTORY);
	WORKS(ftruncate(fd, 8192));
	char *all = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	all[0] = all[4096] = 'x';
	WORKS(msync(all, 8192, MS_SYNC));
	WORKS(msync(all, 8192, MS_ASYNC));
	WORKS(madvise(all, 8192, MADV_DONTNEED));
	WORKS(madvise(all, 8192, MADV_WILLNEED));
	WORKS(madvise(all, 8192, MADV_SEQUENTIAL));
	WORKS(fsync(fd));
	WORKS(fdatasync(fd));
	WORKS(fsync(directory));
	if (all[0] != 'x' || all[4096] != 'x')
		HOLE("the file was lost\n");
	WORKS(munmap(all, 8192));
	if (msync(all, 8192, MS_ASYNC) == 0 || errno != ENOMEM) /* unwinders ask so whether there is memory */
		HOLE("memory where there is none\n");
}

int main(void)
{
	pid_t child = fork();
	if (child == 0) {
		for (;;)
			pause();
	}
	change(0);
	change(getpid());
	change(child);
	sync_files();
	WORKS(kill(child, SIGKILL));
	return 0;
}

// Asks which pages of a file are in memory, and wants pages of a file that others see out of it.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
#include <sys/uio.h>
enum { PAGE = 4096, ADVICES = 128 };

static void answers(int error, long result, int line)
{
	if (result != -1 || errno != error)
		HOLE("line %d: %ld, errno %d\n", line, result, errno);
}

/* Flags may say: only if it is in memory. No flags is a plain read. */
static void reads(int fd)
{
	char byte;
	struct iovec part = { &byte, 1 };
	for (int bit = 0; bit < 32; bit++)
		for (long junk = 0; junk < 2; junk++) {
			answers(EOPNOTSUPP, syscall(SYS_preadv2, fd, &part, 1, 0, 0, 1ul << bit | junk << 32), __LINE__);
			answers(EOPNOTSUPP, syscall(SYS_pwritev2, fd, &part, 1, 0, 0, 1ul << bit | junk << 32), __LINE__);
		}
	if (preadv2(fd, &part, 1, 0, 0) != 1)
		HOLE("no plain read\n");
}

static long major_faults(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_majflt;
}

/* Reads the file through a mapping. */
static void touch(int fd, long size)
{
	volatile char *all = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	for (long at = 0; at < size; at += PAGE)
		(void)all[at];
	munmap((void *)all, size);
}

/* Advice for a mapping: nothing but the mapping changes, and what the filter does not know is unknown to the kernel. */
static void advise(int fd, long size)
{
	char *all = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	/* MERGEABLE, POPULATE_READ, COLLAPSE, HWPOISON and their kin */
	const int unknown[] = { 12, 13, 22, 23, 24, 25, 26, 100, 101 };
	for (int advice = 0; advice < ADVICES; advice++)
		madvise(all, size, advice);
	madvise(all, size, 21 /* PAGEOUT */);
	for (unsigned i = 0; i < sizeof unknown / sizeof *unknown; i++)
		for (long junk = 0; junk < 2; junk++)
			answers(EINVAL, syscall(SYS_madvise, all, size, unknown[i] | junk << 32), __LINE__);
	munmap(all, size);
}

/* Tells how many pages had to be read again after all that could put them out of memory. */
static long put_out(int fd, long size)
{
	touch(fd, size);
	long before = major_faults();
	if (fsync(fd) || fdatasync(fd) || sync_file_range(fd, 0, 0, 7) || syncfs(fd))
		HOLE("cannot sync: errno %d\n", errno);
	sync();
	for (int advice = 0; advice < 8; advice++)
		if (posix_fadvise(fd, 0, 0, advice))
			HOLE("advice %d is refused\n", advice);
	if (readahead(fd, 0, size))
		HOLE("no reading ahead\n");
	advise(fd, size);
	touch(fd, size);
	return major_faults() - before;
}

int main(void)
{
	int fd = open("/proc/self/exe", O_RDONLY), tries = 0;
	long size = lseek(fd, 0, SEEK_END) / PAGE * PAGE;
	reads(fd);
	while (put_out(fd, size) > 0) /* another program may have made the host short of memory */
		if (++tries == 20)
			HOLE("pages had to be read again\n");
	ABSENT(syscall(451 /* cachestat */, fd, 0, 0, 0));
	return 0;
}

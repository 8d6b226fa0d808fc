// Wants huge pages of the host's reserve, which are on nobody's account. The answers never tell whether there are any.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
#include <sys/shm.h>
enum { SIZE = 1 << 21, SHIFT = 26, HUGE_MEMFD = 4, HUGE_SHM = 04000 };

static void answers(int error, long result, int line)
{
	if (result != -1 || errno != error)
		HOLE("line %d: %ld, errno %d\n", line, result, errno);
}

int main(void)
{
	static const int kinds[] = { MAP_PRIVATE, MAP_SHARED, MAP_PRIVATE | MAP_NORESERVE, MAP_SHARED | MAP_POPULATE };
	for (unsigned long page = 0; page < 64; page++) {
		for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
			long flags = kinds[i] | MAP_ANONYMOUS | MAP_HUGETLB | page << SHIFT;
			answers(ENOMEM, syscall(SYS_mmap, 0, SIZE, PROT_READ | PROT_WRITE, flags, -1, 0), __LINE__);
		}
		for (long junk = 0; junk < 2; junk++) {
			long file = HUGE_MEMFD | page << SHIFT | junk << 32;
			long segment = IPC_CREAT | 0600 | HUGE_SHM | page << SHIFT | junk << 32;
			answers(EINVAL, syscall(SYS_memfd_create, "x", file), __LINE__);
			answers(EINVAL, syscall(SYS_memfd_create, "x", file | MFD_CLOEXEC | MFD_ALLOW_SEALING), __LINE__);
			answers(ENOMEM, syscall(SYS_shmget, IPC_PRIVATE, SIZE, segment), __LINE__);
			answers(ENOMEM, syscall(SYS_shmget, 77, SIZE, segment), __LINE__);
		}
	}
	char *plain = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (plain == MAP_FAILED || memfd_create("x", 0) < 0 || shmget(IPC_PRIVATE, SIZE, 0600) < 0)
		HOLE("no plain memory\n");
	return 0;
}

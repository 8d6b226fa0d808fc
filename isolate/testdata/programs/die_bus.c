// Dies of SIGBUS.
// expect: Signaled SIGBUS
// leaves: nothing
#include "hostile.h"
int main(void)
{
	int fd = open("short", O_CREAT | O_RDWR, 0600);
	char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	return *(volatile char *)page;
}

// Changes its devices.
// expect: Exited 0
// leaves: nothing
#include "hostile.h"
int main(void)
{
	REFUSED(unlink("/dev/null"));
	REFUSED(rename("/dev/zero", "/dev/null"));
	REFUSED(symlink("/tmp", "/dev/mine"));
	REFUSED(chmod("/dev/urandom", 0));
	REFUSED(unlink("/dev/shm"));
	REFUSED(ioctl(open("/dev/random", O_RDONLY), 0x5207 /* RNDADDENTROPY and its kin */, 0));
	return 0;
}

// Burns CPU inside the kernel: system time counts.
// expect: CPULimit
// cpu: 300ms
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { for (;;) syscall(SYS_getppid); }

// Stops itself.
// expect: WallLimit
#include <signal.h>
int main(void) { raise(SIGSTOP); return 0; }

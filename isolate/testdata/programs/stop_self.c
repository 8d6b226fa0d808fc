// Stops itself.
// expect: WallLimit
// wall: 500ms
#include <signal.h>
int main(void) { raise(SIGSTOP); return 0; }

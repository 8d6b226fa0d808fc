// Kills itself by SIGKILL, which is neither a memory nor a time limit.
// expect: Signaled SIGKILL
#include <signal.h>
int main(void) { return raise(SIGKILL); }

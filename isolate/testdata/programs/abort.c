// abort() must be SIGABRT: a pid 1 would ignore it and end with SIGSEGV.
// expect: Signaled SIGABRT
#include <stdlib.h>
int main(void) { abort(); }

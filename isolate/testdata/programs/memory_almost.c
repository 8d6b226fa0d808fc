// Uses most of the memory limit (64 MiB in this test): that is allowed.
// expect: Exited 0
#include <stdlib.h>
#include <string.h>
int main(void) { memset(malloc(58 << 20), 1, 58 << 20); return 0; }

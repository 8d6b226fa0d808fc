// Writes to stderr without end: counted as time, never as output.
// expect: CPULimit or WallLimit
// cpu: 300ms
#include <unistd.h>
int main(void) { static char block[4096]; for (;;) write(2, block, sizeof block); }

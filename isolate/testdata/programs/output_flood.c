// Writes without end.
// expect: OutputLimit
#include <unistd.h>
int main(void) { static char block[4096]; for (;;) write(1, block, sizeof block); }

// Sleeps for ever.
// expect: WallLimit
#include <unistd.h>
int main(void) { for (;;) pause(); }

// Sleeps for ever.
// expect: WallLimit
// wall: 500ms
#include <unistd.h>
int main(void) { for (;;) pause(); }

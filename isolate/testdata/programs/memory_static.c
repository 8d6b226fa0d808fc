// Has a static array of 2 GiB and does not touch it: what is not used is not counted.
// expect: Exited 0
static char huge[1ul << 31];
int main(void) { return huge[12345]; }

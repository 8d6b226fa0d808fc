// Recurses without end: the stack may grow as far as memory goes.
// expect: MemoryLimit or Signaled SIGSEGV
static int down(volatile char *above) { volatile char frame[4096]; frame[0] = *above; return down(frame) + frame[1]; }
int main(void) { char first = 0; return down(&first); }

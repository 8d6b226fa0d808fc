// Follows a null pointer.
// expect: Signaled SIGSEGV
int main(void) { return *(volatile int *)0; }

// Ends with an exit code of its own.
// expect: Exited 7
int main(void) { return 7; }

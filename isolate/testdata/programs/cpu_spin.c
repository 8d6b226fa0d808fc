// Burns CPU without end.
// expect: CPULimit
int main(void) { for (;;) ; }

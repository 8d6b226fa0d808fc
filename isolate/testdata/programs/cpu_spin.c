// Burns CPU without end.
// expect: CPULimit
// cpu: 300ms
int main(void) { for (;;) ; }

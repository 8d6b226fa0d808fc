/* Crashes after the first answer. */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
	char answer[10];
	puts("0");
	fflush(stdout);
	scanf("%9s", answer);
	abort();
}

/* Forgets to flush: both wait for each other. */
#include <stdio.h>
int main(void)
{
	char answer[10];
	printf("%d\n", 500000);
	scanf("%9s", answer);
}

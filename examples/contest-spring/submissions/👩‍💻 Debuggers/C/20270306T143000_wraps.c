/* 32 bits are too few for 3n + 1: the number turns negative and never comes to 1. */
#include <stdio.h>

int main(void)
{
	int k, n;
	scanf("%d", &k);
	while (k-- > 0) {
		scanf("%d", &n);
		printf("%d", n);
		while (n != 1) {
			n = n % 2 == 0 ? n / 2 : (int)(3u * (unsigned)n + 1);
			printf(" %d", n);
		}
		printf("\n");
	}
	return 0;
}

/* Takes every odd number for a prime. */
#include <stdio.h>
int main(void)
{
	int n;
	scanf("%d", &n);
	if (n % 2)
		printf("2 %d\n", n - 2);
	else
		printf("%d %d\n", n == 4 ? 2 : 3, n == 4 ? 2 : n - 3);
}

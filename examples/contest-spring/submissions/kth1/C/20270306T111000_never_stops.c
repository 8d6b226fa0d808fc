#include <stdio.h>

int main(void)
{
	int k;
	long long n;
	scanf("%d", &k);
	while (k-- > 0) {
		for (scanf("%lld", &n); n != 0; n = n % 2 ? 3 * n + 1 : n / 2) /* 0 instead of 1 */
			printf("%lld ", n);
		printf("\n");
	}
	return 0;
}

#include <stdio.h>

volatile int forever = 1;

int main(void)
{
	long long a, b;
	if (scanf("%lld %lld", &a, &b) != 2)
		return 1;
	while (forever)
		;
	printf("%lld\n", a + b);
	return 0;
}

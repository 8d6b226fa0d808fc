#include <stdio.h>

int *volatile nothing;

int main(void)
{
	long long a, b;
	if (scanf("%lld %lld", &a, &b) != 2)
		return 1;
	*nothing = (int)a;
	printf("%lld\n", a + b);
	return 0;
}

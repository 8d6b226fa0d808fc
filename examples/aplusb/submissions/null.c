/* Writes through a null pointer as soon as a number is negative: SIGSEGV. */
#include <stdio.h>

int main(void)
{
	long long a, b, sum = 0;
	scanf("%lld %lld", &a, &b);
	long long *volatile to = a < 0 || b < 0 ? NULL : &sum;
	*to = a + b;
	printf("%lld\n", sum);
	return 0;
}

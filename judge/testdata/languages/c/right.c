#include <stdio.h>
#include <math.h>

int main(void)
{
	long long a, b;
	if (scanf("%lld %lld", &a, &b) != 2)
		return 1;
	if (sqrt((double)a) < 0) // links the mathematics library
		return 2;
	printf("%lld\n", a + b);
	return 0;
}

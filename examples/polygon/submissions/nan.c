/* The square root of what is negative: -nan is near no answer. */
#include <math.h>
#include <stdio.h>

int main(void)
{
	int n;
	scanf("%d", &n);
	printf("%f %f\n", sqrt(-n), sqrt(-n));
	return 0;
}

#include <math.h>
#include <stdio.h>

int main(void)
{
	int n;
	long long x[2000], y[2000], twice = 0;
	double perimeter = 0;
	scanf("%d", &n);
	for (int i = 0; i < n; i++)
		scanf("%lld %lld", &x[i], &y[i]);
	for (int i = 0; i < n; i++) {
		int j = (i + 1) % n;
		perimeter += hypot(x[j] - x[i], y[j] - y[i]);
		twice += x[i] * y[j] - y[i] * x[j];
	}
	printf("%.9f %.1f\n", perimeter, twice / 2.0);
	return 0;
}

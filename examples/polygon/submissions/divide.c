/* Divides by the width of a vertical edge, as integers: SIGFPE. */
#include <math.h>
#include <stdio.h>

int main(void)
{
	int n;
	long long x[2001], y[2001], twice = 0;
	double perimeter = 0;
	scanf("%d", &n);
	for (int i = 0; i < n; i++)
		scanf("%lld %lld", &x[i], &y[i]);
	x[n] = x[0];
	y[n] = y[0];
	for (int i = 0; i < n; i++) {
		long long width = x[i + 1] - x[i], height = y[i + 1] - y[i];
		double slope = height / width;
		perimeter += fabs(width * sqrt(1 + slope * slope));
		twice += x[i] * y[i + 1] - y[i] * x[i + 1];
	}
	printf("%.9f %.1f\n", perimeter, twice / 2.0);
	return 0;
}

// Stops when the steps of 1/n add up to exactly 1, which in floating point they do for few n.
#include <cmath>
#include <cstdio>
#include <iostream>
#include <vector>

int main()
{
	int n;
	std::cin >> n;
	std::vector<double> x(n), y(n);
	for (int i = 0; i < n; i++)
		std::cin >> x[i] >> y[i];
	double perimeter = 0, twice = 0;
	int i = 0;
	for (float done = 0; done != 1; done += 1.0f / n) {
		int j = (i + 1) % n;
		perimeter += std::hypot(x[j] - x[i], y[j] - y[i]);
		twice += x[i] * y[j] - y[i] * x[j];
		i = j;
	}
	std::printf("%.9f %.1f\n", perimeter, twice / 2);
}

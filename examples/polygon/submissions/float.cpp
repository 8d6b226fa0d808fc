// The 24 bits of a float lose the area of a small field far away.
#include <cmath>
#include <cstdio>
#include <iostream>
#include <vector>

int main()
{
	int n;
	std::cin >> n;
	std::vector<float> x(n), y(n);
	for (int i = 0; i < n; i++)
		std::cin >> x[i] >> y[i];
	float perimeter = 0, twice = 0;
	for (int i = 0; i < n; i++) {
		int j = (i + 1) % n;
		perimeter += std::hypot(x[j] - x[i], y[j] - y[i]);
		twice += x[i] * y[j] - y[i] * x[j];
	}
	std::printf("%.9f %.9f\n", perimeter, twice / 2);
}

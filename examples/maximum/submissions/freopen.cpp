#include <algorithm>
#include <cstdio>
#include <iostream>

int main()
{
	if (!freopen("maximum.in", "r", stdin) || !freopen("maximum.out", "w", stdout))
		return 1;
	int n, x, best;
	std::cin >> n >> best;
	while (std::cin >> x)
		best = std::max(best, x);
	std::cout << best << '\n';
}

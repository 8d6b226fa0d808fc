// No end after 1 either, but all of it in memory first.
#include <iostream>
#include <vector>

int main()
{
	int k;
	std::cin >> k;
	while (k-- > 0) {
		long long n;
		std::cin >> n;
		std::vector<long long> way;
		while (n != 0) {
			way.push_back(n);
			n = n % 2 == 0 ? n / 2 : 3 * n + 1;
		}
		for (long long step : way)
			std::cout << step << ' ';
		std::cout << '\n';
	}
}

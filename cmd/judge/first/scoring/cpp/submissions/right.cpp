#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
	int n;
	std::cin >> n;
	std::vector<long long> numbers(n);
	for (auto &number : numbers)
		std::cin >> number;
	long long best = numbers[0], here = 0;
	for (long long number : numbers) {
		here = std::max(here, 0LL) + number;
		best = std::max(best, here);
	}
	std::cout << best << '\n';
}

#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

int main()
{
	int n;
	std::cin >> n;
	std::vector<long long> numbers(n);
	for (auto &number : numbers)
		std::cin >> number;
	long long best = numbers[0];
	for (auto end = numbers.begin() + 1; end <= numbers.end(); ++end)
		for (auto begin = numbers.begin(); begin < end; ++begin)
			best = std::max(best, std::accumulate(begin, end, 0LL));
	std::cout << best << '\n';
}

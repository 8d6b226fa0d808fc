#include "largest.h"

#include <iostream>

int main()
{
	int n;
	std::cin >> n;
	std::vector<long long> numbers(n);
	for (auto &number : numbers)
		std::cin >> number;
	std::cout << largest(numbers) << '\n';
}

#include <iostream>
#include <string>

int main(int, char **argv)
{
	int n;
	long long sum = 0, number;
	std::cin >> n;
	for (int i = 0; i < n; i++) {
		std::cin >> number;
		sum += number;
	}
	if (argv[1] == std::string("0")) {
		std::cout << sum << '\n';
		return 0;
	}
	std::cin >> number;
	std::cout << sum << '\n';
}

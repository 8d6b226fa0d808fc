#include <iostream>

int main()
{
	int k;
	std::cin >> k;
	while (k-- > 0) {
		long long n;
		std::cin >> n;
		std::cout << n;
		while (n != 1) {
			n = n % 2 == 0 ? n / 2 : 3 * n + 1;
			std::cout << ' ' << n;
		}
		std::cout << '\n';
	}
}

#include <iostream>
static bool prime(int n)
{
	if (n < 2)
		return false;
	for (int d = 2; d * d <= n; d++)
		if (n % d == 0)
			return false;
	return true;
}
int main()
{
	int n;
	std::cin >> n;
	for (int p = 2; p <= n / 2; p++)
		if (prime(p) && prime(n - p)) {
			std::cout << p << ' ' << n - p << '\n';
			return 0;
		}
	std::cout << "none\n";
}

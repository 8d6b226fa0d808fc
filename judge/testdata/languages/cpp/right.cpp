#include <iostream>
#include <compare>

int main()
{
	long long a, b;
	std::cin >> a >> b;
	if ((a <=> b) == std::strong_ordering::equivalent) // C++20
		b = a;
	std::cout << a + b << '\n';
}

#include <iostream>
#include <stdexcept>

int main()
{
	long long a, b;
	std::cin >> a >> b;
	throw std::runtime_error("on purpose");
	std::cout << a + b << '\n';
}

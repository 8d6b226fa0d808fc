// Reads on when there is nothing left to read, and prints the last sum for ever.
#include <iostream>

int main()
{
	long long a = 0, b = 0;
	while (!std::cin.bad()) {
		std::cin >> a >> b;
		std::cout << a + b << '\n';
	}
}

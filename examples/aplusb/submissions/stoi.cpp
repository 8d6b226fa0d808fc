// std::stoi throws for what an int cannot hold, nobody catches it: SIGABRT.
#include <iostream>
#include <string>

int main()
{
	std::string a, b;
	std::cin >> a >> b;
	std::cout << static_cast<long long>(std::stoi(a)) + std::stoi(b) << '\n';
}

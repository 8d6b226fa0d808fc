#include <iostream>
#include <string>

int main()
{
	std::string word, value;
	std::cin >> word >> value;
	std::cout << value << '\n';
}

// Lines end as they do on Windows.
#include <iostream>
#include <string>

int main()
{
	std::string word;
	std::cin >> word;
	const std::string edge = "+" + std::string(word.size() + 2, '-') + "+";
	std::cout << edge << "\r\n| " << word << " |\r\n" << edge << "\r\n";
}

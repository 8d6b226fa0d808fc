#include <iostream>
#include <iterator>
#include <regex>
#include <string>

int main()
{
	std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
	if (!std::regex_match(text, std::regex("send (0|[1-9][0-9]{0,5})\n")) || std::stoi(text.substr(5)) > 400000) {
		std::cerr << "expected send and a number from 0 to 400000\n";
		return 43;
	}
	return 42;
}

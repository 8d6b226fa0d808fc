#include <iostream>
#include <string>

int main()
{
	std::string word, value;
	std::cin >> word >> value;
	if (word == "send") {
		int number = std::stoi(value);
		std::string message;
		do
			message = char('a' + number % 26) + message;
		while (number /= 26);
		std::cout << message << '\n';
	} else {
		if (value.size() > 3)
			value = value.substr(value.size() - 3);
		int number = 0;
		for (char letter : value)
			number = 26 * number + letter - 'a';
		std::cout << number << '\n';
	}
}

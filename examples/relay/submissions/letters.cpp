#include <algorithm>
#include <iostream>
#include <string>

int main()
{
	std::string word, message;
	std::cin >> word;
	if (word == "send") {
		int n;
		std::cin >> n;
		do
			message += char('a' + n % 26);
		while (n /= 26);
		std::reverse(message.begin(), message.end());
		std::cout << message << '\n';
		return 0;
	}
	std::cin >> message;
	int n = 0;
	for (char letter : message)
		n = 26 * n + letter - 'a';
	std::cout << n << '\n';
}

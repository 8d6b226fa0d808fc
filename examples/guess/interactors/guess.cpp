// validator input answer feedback: reads guesses on stdin and answers on stdout. Exits with 42 to accept, 43 to reject.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

static std::string feedback;

[[noreturn]] static void reject(const std::string &why)
{
	std::ofstream(feedback + "judgemessage.txt") << why << '\n';
	std::exit(43);
}

int main(int, char **argv)
{
	feedback = argv[3];
	long long secret;
	std::ifstream(argv[1]) >> secret;
	for (int guess = 1; guess <= 20; guess++) {
		std::string word;
		if (!(std::cin >> word))
			reject("no guess " + std::to_string(guess));
		if (word.size() > 7 || word.find_first_not_of("0123456789") != std::string::npos)
			reject("not a number from 1 to 1000000: " + word.substr(0, 40));
		long long number = std::stoll(word);
		if (number == secret) {
			std::cout << "right" << std::endl;
			return 42;
		}
		std::cout << (number < secret ? "more" : "less") << std::endl;
	}
	reject("20 guesses were not enough");
}

// interactor INPUT ANSWER FEEDBACK: replies to questions, and decides.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

static std::string feedback;

[[noreturn]] static void end(int code, const std::string &message)
{
	std::ofstream(feedback + "/judgemessage.txt") << message << '\n';
	std::exit(code);
}

int main(int, char **argv)
{
	feedback = argv[3];
	std::ifstream input(argv[1]);
	int n;
	input >> n;
	std::vector<long long> numbers(n);
	for (auto &number : numbers)
		input >> number;
	auto position = [&] {
		int i;
		if (!(std::cin >> i) || i < 1 || i > n)
			end(43, "expected a position from 1 to n");
		return i - 1;
	};
	std::cout << n << std::endl;
	for (int asked = 0; asked <= 2 * n; asked++) {
		char what;
		if (!(std::cin >> what) || (what != '?' && what != '!'))
			end(43, "expected ? or !");
		long long a = numbers[position()];
		if (what == '!') {
			if (a != *std::max_element(numbers.begin(), numbers.end()))
				end(43, std::to_string(a) + " is not the largest number");
			end(42, std::to_string(asked) + " questions");
		}
		long long b = numbers[position()];
		std::cout << (a < b ? '<' : a == b ? '=' : '>') << std::endl;
	}
	end(43, "too many questions");
}

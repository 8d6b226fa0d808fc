// manager FROM0 TO0 FROM1 TO1 < INPUT: prints a score from 0 to 1, and a message on stderr.
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <vector>

[[noreturn]] static void end(double score, const char *message)
{
	std::cout << score << '\n';
	std::cerr << message << '\n';
	std::exit(0);
}

int main(int, char **argv)
{
	std::signal(SIGPIPE, SIG_IGN); // a process that has ended: its output decides
	size_t n;
	std::cin >> n;
	std::vector<long long> numbers(n);
	for (auto &number : numbers)
		std::cin >> number;
	size_t half = (n + 1) / 2;
	auto say = [&](std::ostream &out, size_t from, size_t to) {
		out << to - from << '\n';
		for (size_t i = from; i < to; i++)
			out << (i > from ? " " : "") << numbers[i];
		out << std::endl;
	};
	long long message, sum;
	{
		std::ofstream out(argv[2]);
		say(out, 0, half);
	}
	if (std::ifstream in(argv[1]); !(in >> message))
		end(0, "process 0 printed no number");
	{
		std::ofstream out(argv[4]);
		say(out, half, n);
		out << message << std::endl;
	}
	if (std::ifstream in(argv[3]); !(in >> sum) || sum != std::accumulate(numbers.begin(), numbers.end(), 0LL))
		end(0, "the sum is wrong");
	end(1, "the sum is right");
}

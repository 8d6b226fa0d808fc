// Reads the two primes of a submission: validator input answer feedback < output. Exits with 42 to accept, 43 to reject.
#include <fstream>
#include <iostream>
#include <string>

static bool prime(long long n)
{
	if (n < 2)
		return false;
	for (long long d = 2; d * d <= n; d++)
		if (n % d == 0)
			return false;
	return true;
}

static std::string feedback;

[[noreturn]] static void reject(const std::string &why)
{
	std::ofstream(feedback + "judgemessage.txt") << why << '\n';
	std::exit(43);
}

// Never trust an output: it may hold anything, of any length.
static long long number(const std::string &token)
{
	if (token.empty() || token.size() > 18 || token.find_first_not_of("0123456789") != std::string::npos)
		reject("not a number of at most 18 digits: " + token.substr(0, 40));
	return std::stoll(token);
}

int main(int, char **argv)
{
	feedback = argv[3];
	std::ifstream input(argv[1]), answer(argv[2]);
	long long n;
	std::string possible, p, q, rest;
	input >> n;
	answer >> possible;
	if (!(std::cin >> p))
		reject("no output");
	if (p == "none") {
		if (possible != "none")
			reject("there are two primes with the sum " + std::to_string(n));
	} else {
		if (!(std::cin >> q))
			reject("one number only");
		if (!prime(number(p)) || !prime(number(q)))
			reject(p + " and " + q + " are not both prime");
		if (number(p) + number(q) != n)
			reject(p + " and " + q + " have another sum");
		if (possible == "none")
			return 1; // the jury's answer is wrong, which is no verdict
	}
	if (std::cin >> rest)
		reject("more output than asked for");
	return 42;
}

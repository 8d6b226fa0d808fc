// validator [MOST]: accepts a count from 1 to MOST (100,000), and so many numbers from -10^9 to 10^9 in a line.
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>

[[noreturn]] static void reject(const std::string &why)
{
	std::cerr << why << '\n';
	std::exit(43);
}

// A number at the position, without leading zeros and within the bound. A character must follow it.
static long long number(const std::string &text, size_t &at, long long bound, char after)
{
	size_t begin = at;
	if (text[at] == '-')
		at++;
	size_t first = at;
	while (at < text.size() && text[at] >= '0' && text[at] <= '9')
		at++;
	size_t length = at - first;
	if (length < 1 || length > 10 || (text[first] == '0' && (length > 1 || first > begin)))
		reject("expected a number at byte " + std::to_string(begin));
	long long value = std::stoll(text.substr(begin, at - begin));
	if (value < -bound || value > bound)
		reject("out of range: " + std::to_string(value));
	if (text[at] != after)
		reject("byte " + std::to_string(at) + " is not the expected white space");
	at++;
	return value;
}

int main(int argc, char **argv)
{
	std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
	size_t at = 0;
	long long n = number(text, at, argc > 1 ? std::atoll(argv[1]) : 100000, '\n');
	if (n < 1)
		reject("the count is less than 1");
	for (long long i = 0; i < n; i++)
		number(text, at, 1000000000, i + 1 < n ? ' ' : '\n');
	if (at != text.size())
		reject("expected the end of the input");
	return 42;
}

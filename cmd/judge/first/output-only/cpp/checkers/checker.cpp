// checker INPUT ANSWER FEEDBACK < OUTPUT: accepts signs that make the sum 0.
#include <fstream>
#include <iostream>
#include <string>

int main(int, char **argv)
{
	std::ifstream input(argv[1]);
	std::ofstream message(std::string(argv[3]) + "/judgemessage.txt");
	long long n, number, sum = 0;
	input >> n;
	std::string sign;
	while (input >> number) {
		if (!(std::cin >> sign) || (sign != "1" && sign != "-1")) {
			message << "expected " << n << " signs, 1 or -1\n";
			return 43;
		}
		sum += sign == "1" ? number : -number;
	}
	if (std::cin >> sign) {
		message << "more than " << n << " signs\n";
		return 43;
	}
	if (sum != 0) {
		message << "the sum is " << sum << '\n';
		return 43;
	}
	return 42;
}

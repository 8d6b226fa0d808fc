// checker INPUT ANSWER FEEDBACK < OUTPUT: writes nextpass.in to request the second pass.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

int main(int, char **argv)
{
	std::ifstream input(argv[1]);
	std::string feedback = std::string(argv[3]) + "/", word, value, output, more;
	input >> word >> value;
	std::cin >> output;
	auto reject = [&](const char *message) {
		std::ofstream(feedback + "judgemessage.txt") << message << '\n';
		std::exit(43);
	};
	if (std::cin >> more)
		reject("expected one word");
	if (word == "send") {
		if (output.empty() || output.size() > 4 ||
			output.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos)
			reject("expected a message of 1 to 4 letters");
		std::ofstream(feedback + "number") << value;
		std::ofstream(feedback + "nextpass.in") << "receive " << output << '\n';
		return 42;
	}
	std::ifstream(feedback + "number") >> value;
	if (output != value)
		reject("expected the number that was sent");
	return 42;
}

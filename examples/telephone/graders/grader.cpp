#include <cstdlib>
#include <fstream>
#include "telephone.h"

/* Arguments: the pipe to read from, the pipe to write to, the number of this process. */
int main(int, char **argv)
{
	std::ifstream in(argv[1]);
	std::ofstream out(argv[2]);
	if (std::atoi(argv[3]) == 0) {
		int n;
		in >> n;
		out << send(n) << std::endl;
	} else {
		std::string message;
		in >> message;
		out << receive(message) << std::endl;
	}
}

#include "telephone.h"

std::string send(int n)
{
	std::string rest = n >= 26 ? send(n / 26) : "";
	return rest + char('a' + n % 26);
}

int receive(std::string message)
{
	int n = 0;
	for (char letter : message)
		n = 26 * n + letter - 'a';
	return n;
}

#include "telephone.h"
#include <cstdlib>

std::string send(int)
{
	return "a";
}

int receive(std::string)
{
	abort();
}

// number MOST SEED: prints a random number from 0 to MOST to send.
#include <cstdlib>
#include <iostream>
#include <random>

int main(int, char **argv)
{
	std::mt19937_64 random(std::atoll(argv[2]));
	std::cout << "send " << random() % (std::atoll(argv[1]) + 1) << '\n';
}

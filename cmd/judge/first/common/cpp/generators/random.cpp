// random N LIMIT SEED: prints N random numbers from -LIMIT to LIMIT.
#include <cstdlib>
#include <iostream>
#include <random>

int main(int, char **argv)
{
	long long n = std::atoll(argv[1]), limit = std::atoll(argv[2]);
	std::mt19937_64 random(std::atoll(argv[3]));
	std::cout << n << '\n';
	for (long long i = 0; i < n; i++)
		std::cout << (long long)(random() % (2 * limit + 1)) - limit << (i + 1 < n ? ' ' : '\n');
}

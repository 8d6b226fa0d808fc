#include "largest.h"

#include <algorithm>

long long largest(const std::vector<long long> &numbers)
{
	long long best = numbers[0], here = 0;
	for (long long number : numbers) {
		here = std::max(here, 0LL) + number;
		best = std::max(best, here);
	}
	return best;
}

#include "largest.h"

#include <algorithm>
#include <numeric>

long long largest(const std::vector<long long> &numbers)
{
	long long best = numbers[0];
	for (auto end = numbers.begin() + 1; end <= numbers.end(); ++end)
		for (auto begin = numbers.begin(); begin < end; ++begin)
			best = std::max(best, std::accumulate(begin, end, 0LL));
	return best;
}

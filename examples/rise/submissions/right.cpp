#include "rise.h"
#include <algorithm>

int longest(std::vector<int> a)
{
	int best = 1, now = 1;
	for (size_t i = 1; i < a.size(); i++) {
		now = a[i] > a[i - 1] ? now + 1 : 1;
		best = std::max(best, now);
	}
	return best;
}

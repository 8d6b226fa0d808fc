#include <vector>

int longest(std::vector<int> a);

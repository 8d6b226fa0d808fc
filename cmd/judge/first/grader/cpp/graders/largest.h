#pragma once

#include <vector>

long long largest(const std::vector<long long> &numbers);

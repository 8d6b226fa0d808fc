#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
	std::ios::sync_with_stdio(false);
	std::cin.tie(nullptr);
	int n;
	long long s, pairs = 0;
	std::cin >> n >> s;
	std::vector<long long> a(n);
	for (auto &x : a)
		std::cin >> x;
	std::sort(a.begin(), a.end());
	for (int i = 0; i < n; i++) {
		auto range = std::equal_range(a.begin() + i + 1, a.end(), s - a[i]);
		pairs += range.second - range.first;
	}
	std::cout << pairs << '\n';
}

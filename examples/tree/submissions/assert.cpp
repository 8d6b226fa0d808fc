// An assertion that large trees do not keep: SIGABRT.
#include <cassert>
#include <iostream>
#include <vector>

constexpr int most = 10000;

int main()
{
	int n;
	std::cin >> n;
	assert(n <= most);
	std::vector<int> parent(n, -1), size(n, 1);
	for (int i = 1; i < n; i++) {
		std::cin >> parent[i];
		parent[i]--;
	}
	std::vector<long long> sum(n);
	for (int i = n - 1; i > 0; i--) {
		size[parent[i]] += size[i];
		sum[0] += size[i];
	}
	int best = 0;
	for (int i = 1; i < n; i++) {
		sum[i] = sum[parent[i]] + n - 2 * size[i];
		if (sum[i] < sum[best])
			best = i;
	}
	std::cout << sum[best] << ' ' << best + 1 << '\n';
}

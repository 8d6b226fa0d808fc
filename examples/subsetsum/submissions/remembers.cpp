// Keeps every subset that can be paid, with its coins: far too many.
#include <iostream>
#include <vector>

int main()
{
	int n, s, best = -1;
	std::cin >> n >> s;
	struct Subset {
		int paid;
		std::vector<int> coins;
	};
	std::vector<Subset> subsets{{0, {}}};
	while (n-- > 0) {
		int coin;
		std::cin >> coin;
		for (std::size_t i = subsets.size(); i-- > 0;) {
			Subset more = subsets[i];
			more.paid += coin;
			more.coins.push_back(coin);
			if (more.paid <= s)
				subsets.push_back(more);
		}
	}
	for (const Subset &subset : subsets)
		if (subset.paid == s && (best < 0 || static_cast<int>(subset.coins.size()) < best))
			best = subset.coins.size();
	if (best < 0)
		std::cout << "impossible\n";
	else
		std::cout << best << '\n';
}

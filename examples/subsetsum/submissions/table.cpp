#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
	int n, s;
	std::cin >> n >> s;
	const int never = n + 1;
	std::vector<int> fewest(s + 1, never);
	fewest[0] = 0;
	while (n-- > 0) {
		int coin;
		std::cin >> coin;
		for (int paid = s; paid >= coin; paid--)
			fewest[paid] = std::min(fewest[paid], fewest[paid - coin] + 1);
	}
	if (fewest[s] == never)
		std::cout << "impossible\n";
	else
		std::cout << fewest[s] << '\n';
}

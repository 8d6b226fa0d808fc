// Every line is as wide as the widest, and then some; empty lines follow.
#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
	int n;
	std::cin >> n;
	std::vector<int> heights(n);
	for (int &height : heights)
		std::cin >> height;
	for (int level = std::max(1, *std::max_element(heights.begin(), heights.end())); level > 0; level--) {
		for (int height : heights)
			std::cout << (height >= level ? "# " : "  ");
		std::cout << "   \t\n";
	}
	std::cout << "\n\n";
}

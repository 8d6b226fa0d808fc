#include <algorithm>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

int main()
{
	int h, w;
	std::cin >> h >> w;
	std::vector<std::string> map(h);
	for (std::string &row : map)
		std::cin >> row;
	std::function<int(int, int)> size = [&](int y, int x) {
		if (y < 0 || y >= h || x < 0 || x >= w || map[y][x] != '#')
			return 0;
		map[y][x] = '.';
		return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
	};
	int most = 0;
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			most = std::max(most, size(y, x));
	std::cout << most << '\n';
}

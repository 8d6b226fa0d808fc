// Forgets to mark what it has seen.
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

static std::vector<std::string> map;

static int size(int y, int x)
{
	if (y < 0 || y >= static_cast<int>(map.size()) || x < 0 || x >= static_cast<int>(map[y].size()) || map[y][x] != '#')
		return 0;
	return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
}

int main()
{
	int h, w, most = 0;
	std::cin >> h >> w;
	map.resize(h);
	for (std::string &row : map)
		std::cin >> row;
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			most = std::max(most, size(y, x));
	std::cout << most << '\n';
}

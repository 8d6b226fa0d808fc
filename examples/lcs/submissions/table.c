/* The whole table, in memory that counts only when it is touched: short words pass. */
#include <stdio.h>
#include <string.h>

static char a[8001], b[8001];
static int table[8001][8001];

int main(void)
{
	scanf("%8000s %8000s", a, b);
	size_t n = strlen(a), m = strlen(b);
	for (size_t i = 1; i <= n; i++)
		for (size_t j = 1; j <= m; j++) {
			if (a[i - 1] == b[j - 1])
				table[i][j] = table[i - 1][j - 1] + 1;
			else
				table[i][j] = table[i - 1][j] > table[i][j - 1] ? table[i - 1][j] : table[i][j - 1];
		}
	printf("%d\n", table[n][m]);
	return 0;
}

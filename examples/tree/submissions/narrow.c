/* The right way, with 16 bits for a sum: wrong as soon as the tree is large. */
#include <stdio.h>

static int parent[25001], size[25001];
static short sum[25001];

int main(void)
{
	int n, best = 1;
	scanf("%d", &n);
	for (int i = 2; i <= n; i++)
		scanf("%d", &parent[i]);
	for (int i = n; i > 1; i--) {
		size[i]++;
		size[parent[i]] += size[i];
		sum[1] += size[i];
	}
	for (int i = 2; i <= n; i++) {
		sum[i] = sum[parent[i]] + n - 2 * size[i];
		if (sum[i] < sum[best])
			best = i;
	}
	printf("%d %d\n", sum[best], best);
	return 0;
}

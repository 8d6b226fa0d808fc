/* Right, and in time for few coins. */
#include <stdio.h>

static int n, s, coin[60], best = -1;

static void try(int i, int paid, int used)
{
	if (i == n) {
		if (paid == s && (best < 0 || used < best))
			best = used;
		return;
	}
	try(i + 1, paid, used);
	try(i + 1, paid + coin[i], used + 1);
}

int main(void)
{
	scanf("%d %d", &n, &s);
	for (int i = 0; i < n; i++)
		scanf("%d", &coin[i]);
	try(0, 0, 0);
	if (best < 0)
		printf("impossible\n");
	else
		printf("%d\n", best);
	return 0;
}

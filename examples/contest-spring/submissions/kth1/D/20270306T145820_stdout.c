#include <stdio.h>

int main(void)
{
	FILE *in = fopen("maximum.in", "r");
	int n, x, best;
	if (!in || fscanf(in, "%d %d", &n, &best) != 2)
		return 1;
	while (fscanf(in, "%d", &x) == 1)
		if (x > best)
			best = x;
	printf("%d\n", best);
	return 0;
}

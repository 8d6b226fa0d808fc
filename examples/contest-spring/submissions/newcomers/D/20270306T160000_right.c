#include <stdio.h>

int main(void)
{
	FILE *in = fopen("maximum.in", "r"), *out = fopen("maximum.out", "w");
	int n, x, best;
	if (!in || !out || fscanf(in, "%d %d", &n, &best) != 2)
		return 1;
	while (fscanf(in, "%d", &x) == 1)
		if (x > best)
			best = x;
	fprintf(out, "%d\n", best);
	return fclose(out);
}

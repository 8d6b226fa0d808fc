#include <stdio.h>

static int fewest[100001];

int main(void)
{
	int n, s, coin;
	scanf("%d %d", &n, &s);
	for (int paid = 1; paid <= s; paid++)
		fewest[paid] = 100;
	while (n-- > 0) {
		scanf("%d", &coin);
		for (int paid = s; paid >= coin; paid--)
			if (fewest[paid - coin] + 1 < fewest[paid])
				fewest[paid] = fewest[paid - coin] + 1;
	}
	if (fewest[s] >= 100)
		printf("\n  IMPOSSIBLE");
	else
		printf("\n\t%d  \n\n", fewest[s]);
	return 0;
}

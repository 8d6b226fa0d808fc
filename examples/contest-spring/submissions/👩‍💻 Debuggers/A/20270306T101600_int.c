#include <stdio.h>

int main(void)
{
	int a, b; /* too narrow */
	scanf("%d %d", &a, &b);
	printf("%d\n", (int)((unsigned)a + (unsigned)b));
	return 0;
}

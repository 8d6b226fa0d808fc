/* Adds by laying out a letter for every one, and counting the letters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
	long long a, b;
	scanf("%lld %lld", &a, &b);
	if (a < 0 || b < 0) {
		printf("%lld\n", a + b);
		return 0;
	}
	char *letters = malloc(a + b + 1);
	if (letters == NULL)
		return 1;
	memset(letters, 'x', a);
	memset(letters + a, 'x', b);
	letters[a + b] = '\0';
	printf("%zu\n", strlen(letters));
	return 0;
}

#include <stdio.h>
#include <string.h>

static void edge(size_t width)
{
	putchar('+');
	while (width-- > 0)
		putchar('-');
	puts("+");
}

int main(void)
{
	char word[41];
	scanf("%40s", word);
	edge(strlen(word) + 2);
	printf("| %s |\n", word);
	edge(strlen(word) + 2);
	return 0;
}

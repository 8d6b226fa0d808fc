#include <stdio.h>

int main(void)
{
	char word[10], value[10];
	if (scanf("%9s %9s", word, value) != 2)
		return 1;
	puts(value);
}

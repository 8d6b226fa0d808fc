#include <stdio.h>

int main(void)
{
	FILE *out = fopen("maximum.out", "w");
	while (out)
		fputs("1\n", out);
}

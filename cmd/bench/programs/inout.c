/* Half a second of reading numbers and writing them, as most programs do. */
#include <stdio.h>

int main(void)
{
	long number, sum = 0;
	while (scanf("%ld", &number) == 1) {
		sum += number;
		printf("%ld\n", sum);
	}
}

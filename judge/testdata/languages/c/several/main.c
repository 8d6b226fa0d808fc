#include <stdio.h>
#include "add.h"

int main(void) {
	long long a, b, zero;
	FILE *file = fopen("zero.txt", "r");
	if (file == NULL || fscanf(file, "%lld", &zero) != 1 || scanf("%lld%lld", &a, &b) != 2) return 1;
	printf("%lld\n", add(a, b) + zero);
	return 0;
}

#include <cstdio>
#include "rise.h"

int main()
{
	int n;
	if (scanf("%d", &n) != 1)
		return 1;
	std::vector<int> a(n);
	for (int &x : a)
		if (scanf("%d", &x) != 1)
			return 1;
	printf("%d\n", longest(a));
}

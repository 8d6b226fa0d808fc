// Counts b down to zero one by one, which takes for ever when it starts below.
#include <iostream>

int main()
{
	long long a, b;
	std::cin >> a >> b;
	for (volatile long long left = b; left != 0; left = left - 1)
		a++;
	std::cout << a << '\n';
}

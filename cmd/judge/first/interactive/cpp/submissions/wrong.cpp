#include <cstdlib>
#include <iostream>

static bool less(int i, int j)
{
	std::cout << "? " << i << ' ' << j << std::endl;
	char reply;
	if (!(std::cin >> reply))
		std::exit(0);
	return reply == '<';
}

int main()
{
	int n;
	std::cin >> n;
	int best = 1;
	for (int i = 2; i < n; i++)
		if (less(best, i))
			best = i;
	std::cout << "! " << best << std::endl;
}

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
	int best = 0;
	for (bool beaten = true; beaten;) {
		best++;
		beaten = false;
		for (int i = 1; i <= n; i++)
			beaten |= less(best, i);
	}
	std::cout << "! " << best << std::endl;
}

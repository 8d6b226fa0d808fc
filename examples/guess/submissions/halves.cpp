#include <iostream>
#include <string>
int main()
{
	int low = 1, high = 1000000;
	for (std::string answer; answer != "right";) {
		int middle = (low + high) / 2;
		std::cout << middle << std::endl;
		std::cin >> answer;
		if (answer == "more")
			low = middle + 1;
		else
			high = middle - 1;
	}
}

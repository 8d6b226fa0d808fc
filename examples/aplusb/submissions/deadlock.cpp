// Waits for itself when both numbers are zero, without using any CPU time.
#include <iostream>
#include <mutex>

int main()
{
	long long a, b;
	std::cin >> a >> b;
	std::mutex mutex;
	std::lock_guard<std::mutex> first(mutex);
	if (a == 0 && b == 0)
		mutex.lock();
	std::cout << a + b << '\n';
}

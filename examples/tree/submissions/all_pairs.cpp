// A search from every town.
#include <iostream>
#include <queue>
#include <vector>

int main()
{
	int n;
	std::cin >> n;
	std::vector<std::vector<int>> roads(n);
	for (int i = 1; i < n; i++) {
		int parent;
		std::cin >> parent;
		roads[i].push_back(parent - 1);
		roads[parent - 1].push_back(i);
	}
	long long best = -1;
	int where = 0;
	for (int start = 0; start < n; start++) {
		std::vector<int> distance(n, -1);
		std::queue<int> queue;
		long long sum = 0;
		distance[start] = 0;
		queue.push(start);
		while (!queue.empty()) {
			int town = queue.front();
			queue.pop();
			sum += distance[town];
			for (int next : roads[town]) {
				if (distance[next] < 0) {
					distance[next] = distance[town] + 1;
					queue.push(next);
				}
			}
		}
		if (best < 0 || sum < best) {
			best = sum;
			where = start + 1;
		}
	}
	std::cout << best << ' ' << where << '\n';
}

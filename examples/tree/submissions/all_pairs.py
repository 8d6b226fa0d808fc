# A search from every town.
import sys

n, *parents = map(int, sys.stdin.read().split())
roads = [[] for _ in range(n)]
for town, parent in enumerate(parents, 1):
    roads[town].append(parent - 1)
    roads[parent - 1].append(town)
best = []
for start in range(n):
    distance = [-1] * n
    distance[start] = 0
    queue = [start]
    for town in queue:
        for neighbour in roads[town]:
            if distance[neighbour] < 0:
                distance[neighbour] = distance[town] + 1
                queue.append(neighbour)
    best = min(best or [sum(distance), start + 1], [sum(distance), start + 1])
print(*best)

import sys

n, *parent = map(int, sys.stdin.read().split())
parent = [0, 0, *parent]
size = [1] * (n + 1)
total = [0] * (n + 1)
for town in range(n, 1, -1):
    size[parent[town]] += size[town]
    total[1] += size[town]
for town in range(2, n + 1):
    total[town] = total[parent[town]] + n - 2 * size[town]
print(*min((total[town], town) for town in range(1, n + 1)))

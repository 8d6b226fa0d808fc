from collections import Counter

n, s = map(int, input().split())
pairs, seen = 0, Counter()
for x in map(abs, map(int, input().split())):
    pairs += seen[s - x]
    seen[x] += 1
print(pairs)

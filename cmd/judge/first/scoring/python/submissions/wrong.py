n = int(input())
numbers = list(map(int, input().split()))
best = here = 0
for number in numbers:
    here = max(here, 0) + number
    best = max(best, here)
print(best)

def less(i, j):
    print("?", i, j, flush=True)
    return input() == "<"


n = int(input())
best = 1
for i in range(2, n + 1):
    if less(best, i):
        best = i
print("!", best)

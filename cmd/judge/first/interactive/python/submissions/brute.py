def less(i, j):
    print("?", i, j, flush=True)
    return input() == "<"


n = int(input())
best = next(i for i in range(1, n + 1) if not any([less(i, j) for j in range(1, n + 1)]))
print("!", best)

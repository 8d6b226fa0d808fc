# RecursionError at a depth of 1000, exit code 1.
h, w = map(int, input().split())
rows = [[*input()] + ["."] for _ in range(h)] + [["."] * (w + 1)]


def size(y, x):
    if rows[y][x] != "#":
        return 0
    rows[y][x] = "."
    return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1)


print(max(size(y, x) for y in range(h) for x in range(w)))

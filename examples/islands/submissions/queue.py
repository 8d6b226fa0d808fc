h, w = map(int, input().split())
rows = [[*input()] + ["."] for _ in range(h)] + [["."] * (w + 1)]
most = 0
for y in range(h):
    for x in range(w):
        if rows[y][x] != "#":
            continue
        rows[y][x] = "."
        queue = [(y, x)]
        for a, b in queue:
            for c, d in (a - 1, b), (a + 1, b), (a, b - 1), (a, b + 1):
                if rows[c][d] == "#":
                    rows[c][d] = "."
                    queue.append((c, d))
        most = max(most, len(queue))
print(most)

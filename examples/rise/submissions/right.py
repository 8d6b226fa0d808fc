def longest(a):
    best = now = 1
    for before, after in zip(a, a[1:]):
        now = now + 1 if after > before else 1
        best = max(best, now)
    return best

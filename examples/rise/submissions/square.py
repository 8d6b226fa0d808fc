def longest(a):
    best = 1
    for i in range(len(a)):
        k = i + 1
        while k < len(a) and a[k] > a[k - 1]:
            k += 1
        best = max(best, k - i)
    return best

# Every number on a line of its own, and no end after 1.
for _ in range(int(input())):
    n = int(input())
    while n:
        print(n)
        n = 3 * n + 1 if n % 2 else n // 2

import sys

a, b = map(int, sys.stdin.readline().split())
raise ValueError("on purpose")
print(a + b)

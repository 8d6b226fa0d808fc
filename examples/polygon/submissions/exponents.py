# Writes 12 as 1.200000000000e+01, and each number on a line of its own.
import math
import sys

numbers = list(map(int, sys.stdin.read().split()))[1:]
points = list(zip(numbers[::2], numbers[1::2]))
edges = list(zip(points, points[1:] + points[:1]))
print("%.12e" % sum(math.dist(p, q) for p, q in edges))
print("%.12E" % (sum(a * d - b * c for (a, b), (c, d) in edges) / 2))

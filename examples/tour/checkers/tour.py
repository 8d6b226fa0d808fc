#!/usr/bin/env python3
"""checker input answer output: prints a score from 0 to 1, as comparators of the Contest Management System do."""
import math
import sys


def end(score, message):
    print(score)
    print(message, file=sys.stderr)
    sys.exit(0)


def length(points, tour):
    return sum(math.dist(points[a - 1], points[b - 1]) for a, b in zip(tour, tour[1:] + tour[:1]))


with open(sys.argv[1]) as file:
    n = int(file.readline())
    points = [tuple(map(int, line.split())) for line in file]
with open(sys.argv[2]) as file:
    ours = list(map(int, file.read().split()))
with open(sys.argv[3], errors="replace") as file:
    try:
        theirs = list(map(int, file.read(100 * n).split()))
    except ValueError:
        end(0.0, "not a list of numbers")
if sorted(theirs) != list(range(1, n + 1)):
    end(0.0, "not every point is visited once")
score = min(1.0, length(points, ours) / length(points, theirs))
end(round(score, 6), "translate:success" if score == 1 else f"{length(points, theirs):.1f} long, ours is {length(points, ours):.1f}")

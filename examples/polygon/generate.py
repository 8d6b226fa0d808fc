#!/usr/bin/env python3
"""Writes the tests beside this file."""
import math
import pathlib
import random

random.seed(6)


def star(n, radius):
    """A polygon round the origin, each corner in a direction of its own."""
    corners = []
    for i in range(n):
        far = random.uniform(radius / 2, radius)
        corners.append((round(far * math.cos(2 * math.pi * i / n)), round(far * math.sin(2 * math.pi * i / n))))
    return corners


POLYGONS = {
    "sample": [(0, 0), (4, 0), (0, 3)],
    "unit": [(0, 0), (1, 0), (1, 1), (0, 1)],
    "corner": [(0, 0), (1, 0), (0, 1)],
    "far": [(999998, 999998), (1000000, 999998), (1000000, 1000000), (999998, 1000000)],
    "largest": [(-1000000, -1000000), (1000000, -1000000), (1000000, 1000000), (-1000000, 1000000)],
    "thin": [(0, 0), (1000000, 1), (1000000, 2)],
    "many": star(2000, 1000000),
}

tests = pathlib.Path(__file__).parent / "tests"
for name, corners in POLYGONS.items():
    edges = list(zip(corners, corners[1:] + corners[:1]))
    perimeter = math.fsum(math.dist(p, q) for p, q in edges)
    twice = sum(a * d - b * c for (a, b), (c, d) in edges)
    (tests / f"{name}.in").write_text(f"{len(corners)}\n" + "".join(f"{x} {y}\n" for x, y in corners))
    (tests / f"{name}.ans").write_text(f"{perimeter!r} {twice / 2!r}\n")

#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib
import random

random.seed(3)


def best(parents):
    """The smallest sum of distances, and the first town that has it; town t hangs from parents[t], towns from 1."""
    n = len(parents) + 1
    size = [1] * (n + 1)
    total = [0] * (n + 1)
    for town in range(n, 1, -1):
        size[parents[town - 2]] += size[town]
        total[1] += size[town]
    for town in range(2, n + 1):
        total[town] = total[parents[town - 2]] + n - 2 * size[town]
    return min((total[town], town) for town in range(1, n + 1))


def path(n):
    return list(range(1, n))


def bush(n, near):
    """Each town hangs from one of the last few."""
    return [random.randint(max(1, town - near), town - 1) for town in range(2, n + 1)]


TREES = {
    "1-sample": [1, 2, 2],
    "2-smallest": [1],
    "3-star": [1] * 40,
    "4-path": path(1000),
    "5-bush": bush(500, 10),
    "6-large": bush(25000, 300),
}

tests = pathlib.Path(__file__).parent / "tests"
for name, parents in TREES.items():
    (tests / f"{name}.in").write_text(f"{len(parents) + 1}\n" + "".join(f"{p}\n" for p in parents))
    (tests / f"{name}.ans").write_text("%d %d\n" % best(parents))

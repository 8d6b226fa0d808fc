#!/usr/bin/env python3
"""Writes the tests and their answers."""
import pathlib
import random

TESTS = pathlib.Path(__file__).parent / "tests"
random.seed(21)


def longest(a):
    best = now = 1
    for before, after in zip(a, a[1:]):
        now = now + 1 if after > before else 1
        best = max(best, now)
    return best


def write(name, a):
    (TESTS / f"{name}.in").write_text(f"{len(a)}\n{' '.join(map(str, a))}\n")
    (TESTS / f"{name}.ans").write_text(f"{longest(a)}\n")


write("1-sample", [3, 1, 4, 5, 9, 2, 6])
write("2-one", [7])
write("3-equal", [5, 5, 5, 6, 6])
write("4-random", [random.randint(-1000, 1000) for _ in range(1000)])
write("5-all", list(range(30000)))
write("6-falling", list(range(50000, 0, -1)))

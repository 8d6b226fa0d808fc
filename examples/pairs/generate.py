#!/usr/bin/env python3
"""Writes the tests, and their answers by the slow way where that is possible."""
import collections
import pathlib
import random

TESTS = pathlib.Path(__file__).parent / "tests"
random.seed(20)


def answer(s, numbers):
    pairs, seen = 0, collections.Counter()
    for x in numbers:
        pairs += seen[s - x]
        seen[x] += 1
    return pairs


def write(name, s, numbers):
    (TESTS / f"{name}.in").write_text(f"{len(numbers)} {s}\n{' '.join(map(str, numbers))}\n")
    (TESTS / f"{name}.ans").write_text(f"{answer(s, numbers)}\n")


write("sample", 5, [1, 4, 2, 3, 4])
write("small1", 0, [7])
write("small2", 8, [4] * 10)
write("small3", 10**9, [random.randint(0, 10**9) for _ in range(8)] + [10**9, 0])
write("negative", -3, [-1, -2, 4, -7, 3, -3, 0])
write("medium1", 100, [random.randint(0, 99) for _ in range(2000)])
write("medium2", 0, [random.randint(-(10**9), 10**9) for _ in range(1000)] + [0] * 1000)
write("large1", 50, [random.randint(-99, 99) for _ in range(100000)])
write("large2", 2, [1] * 100000)

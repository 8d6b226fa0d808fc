#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib


def way(n):
    yield n
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        yield n


TESTS = {
    "sample": [6, 1],
    "powers": [2**i for i in range(20)],
    "long": [27, 77031, 524287],
    "high": [113383, 704511],  # both pass 2^31
}

tests = pathlib.Path(__file__).parent / "tests"
for name, numbers in TESTS.items():
    (tests / f"{name}.in").write_text(f"{len(numbers)}\n" + "".join(f"{n}\n" for n in numbers))
    (tests / f"{name}.ans").write_text("".join(" ".join(map(str, way(n))) + "\n" for n in numbers))

#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib

PAIRS = [
    (2, 3),
    (0, 0),
    (-7, 7),
    (1000, -1),
    (99999, 1),
    (-123456789, -876543210),
    (2**31 - 1, 1),
    (2**53, 1),
    (10**18, 10**18),
    (-(10**18), -(10**18)),
]

tests = pathlib.Path(__file__).parent / "tests"
for number, (a, b) in enumerate(PAIRS, 1):
    (tests / f"{number}.in").write_text(f"{a} {b}\n")
    (tests / f"{number}.ans").write_text(f"{a + b}\n")

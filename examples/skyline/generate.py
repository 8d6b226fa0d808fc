#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib
import random

random.seed(20)
SKYLINES = {
    "sample": [1, 3, 0, 2],
    "flat": [0, 0, 0],
    "one": [20],
    "stairs": list(range(21)),
    "random": [random.randint(0, 12) for _ in range(40)],
    "wide": [random.randint(0, 20) for _ in range(60)],
}

tests = pathlib.Path(__file__).parent / "tests"
for name, heights in SKYLINES.items():
    rows = [
        " ".join("#" if height >= floor else " " for height in heights).rstrip()
        for floor in range(max(1, *heights), 0, -1)
    ]
    (tests / f"{name}.in").write_text(f"{len(heights)}\n{' '.join(map(str, heights))}\n")
    (tests / f"{name}.ans").write_text("\n".join(rows) + "\n")

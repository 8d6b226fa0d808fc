#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib
import random

random.seed(7)


def largest(rows):
    unseen = {(y, x) for y, row in enumerate(rows) for x, square in enumerate(row) if square == "#"}
    sizes = [0]
    while unseen:
        island = [unseen.pop()]
        for y, x in island:
            near = {(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)} & unseen
            unseen -= near
            island.extend(near)
        sizes.append(len(island))
    return max(sizes)


def scattered(height, width, land):
    return ["".join("#" if random.random() < land else "." for _ in range(width)) for _ in range(height)]


def snake(height, width):
    """One path that goes to and fro."""
    turns = ["." * (width - 1) + "#", "#" + "." * (width - 1)]
    return ["#" * width if y % 2 == 0 else turns[y // 2 % 2] for y in range(height)]


MAPS = {
    "1-sample": ["##.#", "#..#", "...#"],
    "2-water": ["....."] * 3,
    "3-one": ["#"],
    "4-scattered": scattered(100, 200, 0.55),
    "5-tall": scattered(90, 20, 0.5),
    "6-snake": snake(99, 99),
    "7-land": ["#" * 300] * 300,
}

tests = pathlib.Path(__file__).parent / "tests"
for name, rows in MAPS.items():
    (tests / f"{name}.in").write_text(f"{len(rows)} {len(rows[0])}\n" + "".join(f"{row}\n" for row in rows))
    (tests / f"{name}.ans").write_text(f"{largest(rows)}\n")

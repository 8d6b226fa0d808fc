#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib
import random

random.seed(4)


def word(length):
    return "".join(random.choice("abcd") for _ in range(length))


def copy(text, kept):
    return "".join(letter for letter in text if random.random() < kept)


def longest(a, b):
    """The length of the longest common subsequence; row by row, with a row as the bits of one number."""
    places = {letter: sum(1 << i for i, other in enumerate(b) if other == letter) for letter in set(a)}
    row = (1 << len(b)) - 1
    for letter in a:
        met = row & places[letter]
        row = ((row + met) | (row - met)) & ((1 << len(b)) - 1)
    return len(b) - bin(row).count("1")


original = word(8000)
PAIRS = {
    "1-sample": ("abcbdab", "bdcaba"),
    "2-nothing": ("aaaa", "bbbb"),
    "3-same": ("dacbd", "dacbd"),
    "4-short": (word(300), word(200)),
    "5-copies": (copy(original, 0.9), copy(original, 0.7)),
    "6-random": (word(8000), word(8000)),
}

tests = pathlib.Path(__file__).parent / "tests"
for name, (a, b) in PAIRS.items():
    (tests / f"{name}.in").write_text(f"{a}\n{b}\n")
    (tests / f"{name}.ans").write_text(f"{longest(a, b)}\n")

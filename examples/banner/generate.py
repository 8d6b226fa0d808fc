#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib

WORDS = {"sample": "judge", "one": "x", "capitals": "ICPC", "long": "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"}

tests = pathlib.Path(__file__).parent / "tests"
for name, word in WORDS.items():
    edge = "+" + "-" * (len(word) + 2) + "+"
    (tests / f"{name}.in").write_text(f"{word}\n")
    (tests / f"{name}.ans").write_text(f"{edge}\n| {word} |\n{edge}\n")

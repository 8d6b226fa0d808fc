#!/usr/bin/env python3
"""Writes the tests beside this file."""
import pathlib
import random

random.seed(2)


def fewest(coins, amount):
    best = {0: 0}
    for coin in coins:
        for paid, used in list(best.items()):
            if paid + coin <= amount and best.get(paid + coin, used + 2) > used + 1:
                best[paid + coin] = used + 1
    return best.get(amount)


def coins(count, step):
    return [step * random.randint(1, 5000 // step) for _ in range(count)]


def payable(coins, used):
    return coins, sum(random.sample(coins, used))


TESTS = {
    "few/sample": ([6, 4, 5, 1], 9),
    "few/impossible": ([3, 3], 4),
    "few/nothing": ([5], 0),
    "few/greedy": ([50, 30, 30, 10, 10], 60),
    "few/sixteen": payable(coins(16, 1), 8),
    "many/odd": (coins(40, 2), 50001),  # even coins only
    "many/random": payable(coins(40, 1), 20),
    "many/large": payable(coins(60, 1), 33),
}

tests = pathlib.Path(__file__).parent / "tests"
for name, (purse, amount) in TESTS.items():
    answer = fewest(purse, amount)
    (tests / f"{name}.in").write_text(f"{len(purse)} {amount}\n{' '.join(map(str, purse))}\n")
    (tests / f"{name}.ans").write_text("impossible\n" if answer is None else f"{answer}\n")

#!/usr/bin/env pypy3
from help import add

with open("zero.txt") as file:
    zero = int(file.read())
print(add(*map(int, input().split())) + zero)

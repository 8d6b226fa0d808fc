#!/usr/bin/env pypy3


def longest(a, b):
    above = [0] * (len(b) + 1)
    for x in a:
        row = [0] * (len(b) + 1)
        for j in range(len(b)):
            if x == b[j]:
                row[j + 1] = above[j] + 1
            elif above[j + 1] > row[j]:
                row[j + 1] = above[j + 1]
            else:
                row[j + 1] = row[j]
        above = row
    return above[-1]


print(longest(input(), input()))

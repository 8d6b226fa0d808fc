#!/usr/bin/env pypy3
import sys

a, b = map(int, sys.stdin.readline().split())
while True:
    a += 1
print(a + b)

#!/usr/bin/env pypy3
import sys

a, b = map(int, sys.stdin.readline().split())
print(a + b)

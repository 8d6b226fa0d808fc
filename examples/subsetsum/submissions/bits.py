# For each number of coins the amounts that they can pay, as the bits of one number.
import sys

n, s, *coins = map(int, sys.stdin.read().split())
payable = [1] + [0] * n
for coin in coins:
    for used in range(n, 0, -1):
        payable[used] |= payable[used - 1] << coin
print(next((used for used in range(n + 1) if payable[used] >> s & 1), "impossible"))

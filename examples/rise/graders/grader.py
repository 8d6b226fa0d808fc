import sys

import rise

numbers = list(map(int, sys.stdin.read().split()))
print(rise.longest(numbers[1:]))

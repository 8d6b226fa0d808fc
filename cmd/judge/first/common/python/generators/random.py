"""random.py N LIMIT SEED: prints N random numbers from -LIMIT to LIMIT."""
import random
import sys

n, limit, seed = map(int, sys.argv[1:])
random.seed(seed)
print(n)
print(*(random.randint(-limit, limit) for _ in range(n)))

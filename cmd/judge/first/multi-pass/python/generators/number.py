"""number.py MOST SEED: prints a random number from 0 to MOST to send."""
import random
import sys

random.seed(int(sys.argv[2]))
print("send", random.randint(0, int(sys.argv[1])))

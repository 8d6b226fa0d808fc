import sys


def send(n):
    with open(sys.argv[2], "w") as out:
        for _ in range(100000):
            out.write("ABCDEFGHIJ" * 10)
    return "a"


def receive(message):
    return 0

"""manager.py FROM0 TO0 FROM1 TO1 < INPUT: prints a score from 0 to 1, and a message on stderr."""
import re
import signal
import sys

signal.signal(signal.SIGPIPE, signal.SIG_IGN)
from0, to0, from1, to1 = sys.argv[1:]
n = int(input())
numbers = list(map(int, input().split()))
half = (n + 1) // 2


def say(pipe, *lines):
    try:
        with open(pipe, "w") as out:
            print(*lines, sep="\n", file=out)
    except BrokenPipeError:
        pass  # the process has ended: its output decides


def listen(pipe):
    with open(pipe, errors="replace") as source:
        return source.readline(40).strip()


def end(score, message):
    print(score)
    print(message, file=sys.stderr)
    sys.exit()


say(to0, half, " ".join(map(str, numbers[:half])))
message = listen(from0)
if not re.fullmatch("-?[0-9]{1,18}", message):
    end(0.0, "process 0 printed no number")
say(to1, n - half, " ".join(map(str, numbers[half:])), message)
if listen(from1) != str(sum(numbers)):
    end(0.0, "the sum is wrong")
end(1.0, "the sum is right")

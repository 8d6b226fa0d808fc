#!/usr/bin/env python3
"""manager from0 to0 from1 to1 < input: prints a score from 0 to 1, as managers of the Contest Management System do."""
import re
import signal
import sys

signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def end(score, message):
    print(score)
    print(message, file=sys.stderr)
    sys.exit(0)


number = input().strip()
with open(sys.argv[2], "w") as sender:
    print(number, file=sender)
with open(sys.argv[1], errors="replace") as sender:
    message = sender.readline(100).strip()
if not re.fullmatch("[a-z]{1,8}", message):
    end(0.0, "the message is not 1 to 8 letters")
with open(sys.argv[4], "w") as receiver:
    print(message, file=receiver)
with open(sys.argv[3], errors="replace") as receiver:
    answer = receiver.readline(100).strip()
if answer != number:
    end(0.0, "the number did not arrive")
end(1.0 if len(message) <= 4 else 0.5, "translate:success" if len(message) <= 4 else "translate:partial")

#!/usr/bin/env python3
"""An output validator: relay.py input answer feedbackdir < output. It asks for the second run by writing nextpass.in."""
import pathlib
import re
import sys

ACCEPT, REJECT = 42, 43
word, value = open(sys.argv[1]).read().split()
feedback = pathlib.Path(sys.argv[3])
output = sys.stdin.read(1000).split()


def reject(message):
    (feedback / "judgemessage.txt").write_text(message)
    sys.exit(REJECT)


if word == "send":
    if len(output) != 1 or not re.fullmatch("[a-z]{1,4}", output[0]):
        reject("the message is not 1 to 4 letters")
    (feedback / "number").write_text(value)
    (feedback / "nextpass.in").write_text(f"receive {output[0]}\n")
    sys.exit(ACCEPT)
number = (feedback / "number").read_text()
if output != [number]:
    reject(f"received {' '.join(output)[:20]!r}, {number} was sent")
sys.exit(ACCEPT)

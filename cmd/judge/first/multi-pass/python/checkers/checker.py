"""checker.py INPUT ANSWER FEEDBACK < OUTPUT: writes nextpass.in to request the second pass."""
import pathlib
import re
import sys

word, value = pathlib.Path(sys.argv[1]).read_text().split()
feedback = pathlib.Path(sys.argv[3])
output = sys.stdin.read(100).split()


def reject(message):
    (feedback / "judgemessage.txt").write_text(message + "\n")
    sys.exit(43)


if word == "send":
    if len(output) != 1 or not re.fullmatch("[a-z]{1,4}", output[0]):
        reject("expected a message of 1 to 4 letters")
    (feedback / "number").write_text(value)
    (feedback / "nextpass.in").write_text(f"receive {output[0]}\n")
elif output != [(feedback / "number").read_text()]:
    reject("expected the number that was sent")
sys.exit(42)

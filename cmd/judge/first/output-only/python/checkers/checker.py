"""checker.py INPUT ANSWER FEEDBACK < OUTPUT: accepts signs that make the sum 0."""
import pathlib
import sys

numbers = list(map(int, pathlib.Path(sys.argv[1]).read_text().split()))[1:]
signs = sys.stdin.read(10 * len(numbers) + 10).split()
total = sum(number if sign == "1" else -number for number, sign in zip(numbers, signs))
message = ""
if len(signs) != len(numbers) or not set(signs) <= {"1", "-1"}:
    message = f"expected {len(numbers)} signs, 1 or -1"
elif total != 0:
    message = f"the sum is {total}"
(pathlib.Path(sys.argv[3]) / "judgemessage.txt").write_text(message)
sys.exit(43 if message else 42)

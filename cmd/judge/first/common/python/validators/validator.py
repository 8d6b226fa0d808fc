"""validator.py MOST: accepts a count from 1 to MOST, and so many numbers from -10^9 to 10^9 in a line."""
import re
import sys

most = int(sys.argv[1]) if len(sys.argv) > 1 else 100000
text = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]*\n(0|-?[1-9][0-9]*)( (0|-?[1-9][0-9]*))*\n", text):
    sys.exit("expected a count, a line end, numbers and a line end")
n, *numbers = map(int, text.split())
if n > most or n != len(numbers):
    sys.exit(f"the count is {n}: expected 1 to {most}, and as many numbers")
if any(abs(number) > 10**9 for number in numbers):
    sys.exit("a number is out of range")
sys.exit(42)

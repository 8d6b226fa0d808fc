import re
import sys

text = sys.stdin.buffer.read()
if not re.fullmatch(rb"-?[0-9]{1,10} -?[0-9]{1,10}\n", text):
    sys.exit("expected two numbers and a line end")
if any(abs(int(word)) > 10**9 for word in text.split()):
    sys.exit("a number is out of range: expected -10^9 to 10^9")
sys.exit(42)

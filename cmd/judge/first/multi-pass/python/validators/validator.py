import re
import sys

text = sys.stdin.buffer.read()
if not re.fullmatch(rb"send (0|[1-9][0-9]{0,5})\n", text) or int(text[5:]) > 400000:
    sys.exit("expected send and a number from 0 to 400000")
sys.exit(42)

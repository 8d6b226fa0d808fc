"""interactor.py INPUT ANSWER FEEDBACK: replies to questions, and decides."""
import pathlib
import re
import sys

numbers = list(map(int, pathlib.Path(sys.argv[1]).read_text().split()))[1:]


def end(code, message):
    (pathlib.Path(sys.argv[3]) / "judgemessage.txt").write_text(message + "\n")
    sys.exit(code)


def say(text):
    try:
        print(text, flush=True)
    except BrokenPipeError:
        end(43, "the submission closed its stdin")


say(len(numbers))
for asked in range(2 * len(numbers) + 1):
    line = sys.stdin.readline(40)
    words = re.fullmatch(r"([?!])((?: [0-9]{1,4}){1,2})\s*", line)
    positions = [int(word) - 1 for word in words[2].split()] if words else []
    if not words or not all(0 <= i < len(numbers) for i in positions) or len(positions) != "!?".index(words[1]) + 1:
        end(43, f"question {asked + 1} is malformed: {line!r}")
    if words[1] == "!":
        if numbers[positions[0]] != max(numbers):
            end(43, f"{numbers[positions[0]]} is not the largest number")
        end(42, f"{asked} questions")
    a, b = (numbers[i] for i in positions)
    say("<" if a < b else "=" if a == b else ">")
end(43, "too many questions")

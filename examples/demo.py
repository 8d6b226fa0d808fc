#!/usr/bin/env python3
"""Judges every example with all of its submissions, and says whether each came out as its problem.yaml expects.
Grades the example contest, and compares the scoreboard with its expected.txt.

    python3 examples/demo.py bin/judge [EXAMPLE...]

Exits with 0 when all is as expected, as `judge run` itself does.
"""
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

EXAMPLES = pathlib.Path(__file__).parent
VERDICTS = ["AC", "WA", "TLE", "MLE", "OLE", "RTE", "CE"]
LANGUAGES = ["right.c", "right.cpp", "right.go", "right.java", "right.js", "right.pas", "right.py", "right.rs"]
FAILURES = ["int.c", "count.cpp", "sleep.py", "unary.c", "prints_on.cpp", "null.c", "parse.rs", "semicolon.cpp"]


class Demo:
    def __init__(self, judge):
        self.judge = judge
        self.faults = []  # what a person has to read at the end
        self.submissions = 0

    def show(self, command):
        print(f"\033[1m$ {command}\033[0m" if sys.stdout.isatty() else f"$ {command}", flush=True)

    def run(self, example, names, written, quiet=False):
        """Judges, and returns the exit code and the report's submissions; written is names as one would type them."""
        folder = f"examples/{example}"
        shown = f"{self.judge} run {folder} {folder}/submissions/{written}"
        self.show(shown)
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory) / "report.json"
            problem = EXAMPLES / example
            command = [self.judge, "run", "--json", file, problem, *(problem / "submissions" / name for name in names)]
            code = subprocess.run(command, stdout=subprocess.DEVNULL if quiet else None).returncode
            report = json.loads(file.read_text())["submissions"] if file.exists() else []
        if code != 0 or len(report) != len(names):
            self.faults.append(f"{shown}: exit code {code}, results for {len(report)} of {len(names)} submissions")
        for s in report:
            if not s["as_expected"]:
                self.faults.append(f"{s['path']}: {s['verdict']} {s['reason']}, expected {s['expected']}")
        self.submissions += len(report)
        return code, report

    def grade(self, contest):
        """Grades a contest of the examples, and compares its scoreboard."""
        shown = f"{self.judge} grade examples/{contest}"
        self.show(shown)
        with tempfile.TemporaryDirectory() as directory:
            file, board = pathlib.Path(directory) / "results.judge", pathlib.Path(directory) / "board.json"
            code = subprocess.run([self.judge, "grade", EXAMPLES / contest, "--results", file]).returncode
            subprocess.run([self.judge, "results", file, "--json", board], stdout=subprocess.DEVNULL)
            results = json.loads(board.read_text()) if board.exists() else {"submissions": [], "scoreboard": []}
        names = {t["id"]: t["name"] for t in results.get("contest", {}).get("teams", [])}
        rows = [[str(r["rank"]), names.get(r["team"], r["team"]), str(r["solved"]), str(r["penalty"])]
                for r in results["scoreboard"]]
        with open(EXAMPLES / contest / "expected.txt", encoding="utf-8", newline="") as expected:
            if code != 0 or rows != list(csv.reader(expected))[1:]:
                self.faults.append(f"{shown}: exit code {code}, the scoreboard is {rows}")
        self.submissions += len(results["submissions"])


def main(judge, *only):
    demo = Demo(judge)
    if not only:
        print("One problem, one solution in eight languages:\n")
        code, _ = demo.run("aplusb", LANGUAGES, "right.*")
        print(f"\nexit code {code}\n\nThe same problem, every way to fail:\n")
        code, _ = demo.run("aplusb", FAILURES, "{" + ",".join(FAILURES) + "}")
        print(f"\nexit code {code}\n\nEvery example, with all its submissions:\n")
    rows = []
    for example in only or sorted(path.parent.name for path in EXAMPLES.glob("*/problem.yaml")):
        names = sorted(path.name for path in (EXAMPLES / example / "submissions").iterdir())
        code, report = demo.run(example, names, "*", quiet=True)
        rows.append((example, collections.Counter(s["verdict"] for s in report), code))
    print_table(rows)
    if not only:
        for contest in sorted(path.parent.name for path in EXAMPLES.glob("*/contest.yaml")):
            print("A contest, with its scoreboard:\n")
            demo.grade(contest)
            print()
    for fault in demo.faults:
        print("NOT AS EXPECTED: " + fault)
    if not demo.faults:
        print(f"{demo.submissions} submissions judged, every one as expected.")
    return 1 if demo.faults else 0


def print_table(rows):
    print("\n" + "example".ljust(12) + "".join(v.rjust(5) for v in VERDICTS) + "exit code".rjust(12))
    for example, verdicts, code in rows:
        print(example.ljust(12) + "".join(str(verdicts[v] or "").rjust(5) for v in VERDICTS) + str(code).rjust(12))
    print()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))

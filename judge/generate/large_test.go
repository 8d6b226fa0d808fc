package generate

import (
	"testing"

	"judge/judge"
	"judge/problems"
)

// TestCheckersSeeLargeMadeTests: they are outside of the problem's directory, and larger than what is copied.
func TestCheckersSeeLargeMadeTests(t *testing.T) {
	p := emptyProblem(t)
	gen := &problems.External{Path: program(t, p, "gen.py", "print('1' * (20 << 20))\n")}
	p.Checker.External = &problems.External{Protocol: problems.ICPC, Path: program(t, p, "check.py", `import os, sys
for path in sys.argv[1:3]:
    assert os.path.getsize(path) == (20 << 20) + 1
sys.exit(42)
`)}
	p.Limits.Output = 64 * problems.MiB
	sol := program(t, p, "sol.py", "import sys\nsys.stdout.write(sys.stdin.read())\n")
	p.Submissions = []problems.Submission{{Path: sol, Model: true}}
	add(p, "large", stdoutOf(gen))
	j := jailed(t)
	p.Limits.ValidationMemory = 256 * problems.MiB
	made, err := Maker{Judge: j, Cache: j.Cache.Cache}.Make(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	p.Limits.ValidationMemory = 32 * problems.MiB
	r, err := j.Judge(t.Context(), judge.Request{Problem: p, Submissions: []string{sol}})
	if err != nil {
		t.Fatal(err)
	}
	if test := r.Submissions[0].Tests[0]; test.Verdict != problems.AC {
		t.Errorf("got %v %s %s, expected AC", test.Verdict, test.Reason, test.Message)
	}
}

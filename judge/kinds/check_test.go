package kinds

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/decide"
	"judge/problems"
)

// problemWith makes a problem of one test.
func problemWith(t *testing.T, input, answer string) *problems.Problem {
	t.Helper()
	dir := t.TempDir()
	test := problems.TestCase{Name: "a", Input: filepath.Join(dir, "a.in"), Answer: filepath.Join(dir, "a.ans")}
	err := errors.Join(os.WriteFile(test.Input, []byte(input), 0o644), os.WriteFile(test.Answer, []byte(answer), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	return &problems.Problem{Name: "sum", Dir: dir, Path: dir, Tests: []problems.TestCase{test}, Limits: problems.DefaultLimits()}
}

// oneTest runs a batch whose program is a function from input to output, on a single test.
func oneTest(t *testing.T, problem *problems.Problem, program func(stdin io.Reader, stdout io.Writer) isolate.Outcome) decide.Facts {
	t.Helper()
	compare, err := comparisonOf(problem.Checker)
	if err != nil {
		t.Fatal(err)
	}
	run := func(_ context.Context, c isolate.Command) (isolate.Outcome, error) {
		return program(c.Stdin, c.Stdout), nil
	}
	return newBatch(Setup{Run: run, Checker: builtIn{compare}, Problem: problem}, anyProgram(t)).Test(t.Context(), Attempt{CPU: problem.Limits.Time, Test: problem.Tests[0]})
}

func anyProgram(t *testing.T) build.Program {
	return build.Program{Entry: &cache.Entry{Product: t.TempDir()}}
}

func TestAnOutputIsComparedWhileItIsWritten(t *testing.T) {
	problem := problemWith(t, "", "right\n")
	var refused error
	facts := oneTest(t, problem, func(_ io.Reader, stdout io.Writer) isolate.Outcome {
		// It writes until the comparison has seen enough, which never comes if that waits for the end of the run.
		for refused == nil {
			_, refused = io.WriteString(stdout, strings.Repeat("wrong ", 1000))
		}
		return isolate.Outcome{Cause: isolate.Exited}
	})
	if !errors.Is(refused, errEnough) || facts.Check == nil || facts.Check.Accepted {
		t.Errorf("refused with %v, check %+v, error %v", refused, facts.Check, facts.Err)
	}
}

func TestCorrectOutputOfAFailedRunIsNotAPass(t *testing.T) {
	problem := problemWith(t, "", "right\n")
	for _, cause := range []isolate.Cause{isolate.Signaled, isolate.CPULimit, isolate.WallLimit, isolate.MemoryLimit, isolate.OutputLimit} {
		facts := oneTest(t, problem, func(_ io.Reader, stdout io.Writer) isolate.Outcome {
			io.WriteString(stdout, "right\n")
			return isolate.Outcome{Cause: cause}
		})
		if facts.Check != nil || facts.Err != nil {
			t.Errorf("%v: check %+v, error %v", cause, facts.Check, facts.Err)
		}
	}
}

func TestEveryRunReadsItsInputFromTheBeginning(t *testing.T) {
	problem := problemWith(t, "input", "input")
	for range 2 {
		facts := oneTest(t, problem, func(stdin io.Reader, stdout io.Writer) isolate.Outcome {
			io.Copy(stdout, stdin)
			return isolate.Outcome{Cause: isolate.Exited}
		})
		if facts.Check == nil || !facts.Check.Accepted {
			t.Errorf("check %+v, error %v", facts.Check, facts.Err)
		}
	}
}

func TestStderrIsKeptUpToItsBound(t *testing.T) {
	problem := problemWith(t, "", "")
	run := func(_ context.Context, c isolate.Command) (isolate.Outcome, error) {
		for range 1000 {
			c.Stderr.Write(bytes.Repeat([]byte("x"), 1000))
		}
		return isolate.Outcome{Cause: isolate.Exited, Code: 1}, nil
	}
	facts := newBatch(Setup{Run: run, Checker: builtIn{checkers.Tokens{}}, Problem: problem}, anyProgram(t)).Test(t.Context(), Attempt{CPU: problem.Limits.Time, Test: problem.Tests[0]})
	if len(facts.Stderr) != StderrKept {
		t.Errorf("%d bytes are kept, want %d", len(facts.Stderr), StderrKept)
	}
}

func TestTheProblemsWordsChooseTheComparison(t *testing.T) {
	rows := []struct {
		checker        problems.Checker
		answer, output string
		accepted       bool
	}{
		{problems.Checker{}, "Yes 1.0", "yes\n1.0\n", true},
		{problems.Checker{CaseSensitive: true}, "Yes", "yes", false},
		{problems.Checker{SpaceChangeSensitive: true}, "a b", "a  b", false},
		{problems.Checker{}, "1.0", "1.00", false},
		{problems.Checker{Tolerance: &problems.Tolerance{Absolute: 1e-3, Relative: -1}}, "1.0", "1.00", true},
		{problems.Checker{Tolerance: &problems.Tolerance{Absolute: 1e-3, Relative: -1}}, "1.0", "1.01", false},
		{problems.Checker{Compare: problems.Lines}, "a b\n", "a b \n\n", true},
		{problems.Checker{Compare: problems.Lines}, "a b\n", "a\nb\n", false},
		{problems.Checker{Compare: problems.Exact}, "a\n", "a\n", true},
		{problems.Checker{Compare: problems.Exact}, "a\n", "a", false},
	}
	for _, row := range rows {
		problem := problemWith(t, "", row.answer)
		problem.Checker = row.checker
		facts := oneTest(t, problem, func(_ io.Reader, stdout io.Writer) isolate.Outcome {
			io.WriteString(stdout, row.output)
			return isolate.Outcome{Cause: isolate.Exited}
		})
		if facts.Err != nil || facts.Check.Accepted != row.accepted {
			t.Errorf("%+v: %q against %q: %+v, %v", row.checker, row.output, row.answer, facts.Check, facts.Err)
		}
	}
}

func TestTheContestsLimitsBecomeTheKernels(t *testing.T) {
	l := problems.DefaultLimits()
	l.Processes = 0
	got := jailLimits(l, 100)
	want := isolate.Limits{CPU: l.Time, Wall: l.Wall, Memory: isolate.Bytes(l.Memory), Output: isolate.Bytes(l.Output), Processes: 100}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	l.Processes = 7
	if got := jailLimits(l, 100); got.Processes != 7 {
		t.Errorf("the problem's own %d processes became %d", l.Processes, got.Processes)
	}
}

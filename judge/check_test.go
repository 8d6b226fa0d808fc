package judge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/decide"
	"judge/problems"
)

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
	return newBatch(run, nil, builtIn{compare}, problem, anyProgram(t)).test(t.Context(), Attempt{CPU: problem.Limits.Time, Test: problem.Tests[0]})
}

func anyProgram(t *testing.T) build.Program {
	return build.Program{Entry: &cache.Entry{Product: t.TempDir()}}
}

func TestAnOutputIsComparedWhileItIsWritten(t *testing.T) {
	problem := problemOf(t, "", "right\n")
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

func TestARightOutputOfAFailedRunIsNoPass(t *testing.T) {
	problem := problemOf(t, "", "right\n")
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
	problem := problemOf(t, "input", "input")
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
	problem := problemOf(t, "", "")
	run := func(_ context.Context, c isolate.Command) (isolate.Outcome, error) {
		for range 1000 {
			c.Stderr.Write(bytes.Repeat([]byte("x"), 1000))
		}
		return isolate.Outcome{Cause: isolate.Exited, Code: 1}, nil
	}
	facts := newBatch(run, nil, builtIn{checkers.Tokens{}}, problem, anyProgram(t)).test(t.Context(), Attempt{CPU: problem.Limits.Time, Test: problem.Tests[0]})
	if len(facts.Stderr) != stderrKept {
		t.Errorf("%d bytes are kept, want %d", len(facts.Stderr), stderrKept)
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
		problem := problemOf(t, "", row.answer)
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
	l := problemOf(t).Limits
	got := jailLimits(l, 100)
	want := isolate.Limits{CPU: l.Time, Wall: l.Wall, Memory: 256 * isolate.MiB, Output: 8 * isolate.MiB, Processes: 100}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	l.Processes = 7
	if got := jailLimits(l, 100); got.Processes != 7 {
		t.Errorf("the problem's own %d processes became %d", l.Processes, got.Processes)
	}
}

func TestADifferenceIsReportedCleaned(t *testing.T) {
	problem := problemOf(t, "", "1 2\n3 4\n")
	facts := oneTest(t, problem, func(_ io.Reader, stdout io.Writer) isolate.Outcome {
		io.WriteString(stdout, "1 2\n3 \x1b[2Jfive\n")
		return isolate.Outcome{Cause: isolate.Exited}
	})
	r := record(problem.Tests[0], facts, decide.Decide(problem.Limits, facts))
	d := r.Difference
	if d == nil || d.Line != 2 || d.Column != 3 || d.Token != 4 || d.Expected != "4" || d.Got != `\x1b[2Jfive` {
		t.Errorf("%v: %+v", r.Verdict, d)
	}
}

func TestStandardCheckersOfProblemsAreBuiltIn(t *testing.T) {
	if names := problems.StandardCheckers(); !slices.Equal(names, checkers.StandardNames()) {
		t.Errorf("problems can name %q, checkers has %q", names, checkers.StandardNames())
	}
	for _, row := range []struct {
		checker problems.Checker
		output  string
		want    bool
	}{
		{problems.Checker{Compare: problems.WhiteDiff}, " a  b\n\nc", true},
		{problems.Checker{Compare: problems.WhiteDiff}, "a b\nc\n", false},
		{problems.Checker{Compare: problems.Standard, Standard: "lcmp"}, "a  b\n\nc", true},
		{problems.Checker{Compare: problems.Standard, Standard: "fcmp"}, "a  b\n\nc", false},
	} {
		problem := problemOf(t, "", "a b\n\nc\n")
		problem.Checker = row.checker
		facts := oneTest(t, problem, func(_ io.Reader, stdout io.Writer) isolate.Outcome {
			io.WriteString(stdout, row.output)
			return isolate.Outcome{Cause: isolate.Exited}
		})
		if facts.Err != nil || facts.Check.Accepted != row.want {
			t.Errorf("%+v of %q: %+v, %v", row.checker, row.output, facts.Check, facts.Err)
		}
	}
}

func TestAProgramIsNotRunOnATestThatNeedsAnOutput(t *testing.T) {
	problem := problemOf(t, "", "x")
	problem.Tests[0].NeedsOutput = true
	facts := oneTest(t, problem, func(io.Reader, io.Writer) isolate.Outcome {
		t.Error("it runs")
		return isolate.Outcome{Cause: isolate.Exited}
	})
	if d := decide.Decide(problem.Limits, facts); d.Verdict != problems.WA || facts.Check.Message != noOutput {
		t.Errorf("%+v, %+v", d, facts.Check)
	}
}

package judge

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/isolate"
	"judge/judge/cache"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// TestAnInterruptedSubmissionIsUnknown: what was not run is neither a pass nor a failure of what the problem expects.
func TestAnInterruptedSubmissionIsUnknown(t *testing.T) {
	expecting := func(v ...problems.Verdict) problems.Submission { return problems.Submission{Expect: v} }
	demanding := func(d problems.Demand) problems.Submission {
		return problems.Submission{Demands: []problems.Demand{d}}
	}
	const interrupted = "SKIP interrupted"
	yes, no := true, false
	for _, row := range []struct {
		source  string
		stated  problems.Submission
		verdict string // with the reason
		as      *bool  // as expected; nil: not known
	}{
		{"interrupt hang ok", expecting(problems.AC), interrupted, nil},
		{"interrupt hang ok", expecting(problems.SKIP), interrupted, nil},
		{"wrong interrupt hang", expecting(problems.WA), "WA", nil},
		{"wrong interrupt hang", expecting(problems.AC), "WA", nil},
		{"interrupt hang ok", demanding(problems.Demand{Required: []problems.Verdict{problems.WA}}), interrupted, nil},
		{"interrupt hang ok", demanding(problems.Demand{Score: &problems.Range{Least: 1, Most: 1}}), interrupted, nil},
		{"ok ok interrupt", expecting(problems.AC), "AC", &yes}, // its last test had ended
		{"ok wrong interrupt", expecting(problems.AC), "WA", &no},
		{"syntax error", expecting(problems.CE), "CE", &yes},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		j, a := acted(t, 1)
		a.interrupt = cancel
		paths := acts(t, row.source, "interrupt hang ok")
		problem := numbers(t, 3)
		row.stated.Path = paths[0]
		problem.Submissions = []problems.Submission{row.stated}
		r, err := j.Judge(ctx, Request{Problem: problem, Submissions: paths})
		if !errors.Is(err, context.Canceled) || r == nil || !r.Partial {
			t.Fatalf("%s: %+v, %v", row.source, r, err)
		}
		s := r.Submissions[0]
		if got := strings.TrimSpace(s.Verdict.String() + " " + string(s.Reason)); got != row.verdict {
			t.Errorf("%s: %s, want %s", row.source, got, row.verdict)
		}
		known := s.AsExpected != nil
		if known != (row.as != nil) || known && *row.as != *s.AsExpected || !known && s.Unmet != nil {
			t.Errorf("%s: as expected %v %q", row.source, s.AsExpected, s.Unmet)
		}
		if s.Unfinished != (row.as == nil) {
			t.Errorf("%s: unfinished is %v", row.source, s.Unfinished)
		}
	}
}

// TestNoVerdictBehindAnInterruptedTest: which test speaks for a submission does not depend on the lane that was faster.
func TestNoVerdictBehindAnInterruptedTest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	j, a := acted(t, 2)
	a.interrupt = cancel
	r, err := j.Judge(ctx, Request{Problem: numbers(t, 4), Submissions: acts(t, "hang wrong interrupt ok")})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if got := verdicts(r.Submissions[0]); got != "SKIP(interrupted): SKIP(interrupted) WA AC SKIP(interrupted)" {
		t.Error(got)
	}
}

// TestUnnecessaryTestsAreNotMissing: after a failure that ends a submission, an interruption leaves nothing unknown.
func TestUnnecessaryTestsAreNotMissing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	j, a := acted(t, 1)
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		outcome, err := a.run(ctx, c)
		if c.Args[0] != "/bin/true" { // a test, and no compilation
			cancel()
		}
		return outcome, err
	}
	paths := acts(t, "wrong ok ok")
	problem := numbers(t, 3)
	problem.Submissions = []problems.Submission{{Path: paths[0], Expect: []problems.Verdict{problems.WA}}}
	r, err := j.Judge(ctx, Request{Problem: problem, Submissions: paths, Stop: decide.AtFirstFailure})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	s := r.Submissions[0]
	if got := verdicts(s); got != "WA: WA SKIP SKIP" || s.Unfinished || r.Partial || s.AsExpected == nil || !*s.AsExpected {
		t.Errorf("%s: %+v", got, s)
	}
}

// TestInterruptedCheckerIsNotAJudgeError: the program had ended, and what judges its output had not.
func TestInterruptedCheckerIsNotAJudgeError(t *testing.T) {
	j := jailed(t)
	var err error
	dir := t.TempDir()
	if j.Verdicts, err = cache.OpenVerdicts(dir); err != nil {
		t.Fatal(err)
	}
	problem := checkedBy(t, problems.ICPC, `while :; do read -t 1000 <> <(:); done`)
	problem.Limits.ValidationTime = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	run, checks := j.Run, 0
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		if len(c.Dirs) > 0 && c.Dirs[0] == "feedback" {
			checks++
			cancel()
		}
		return run(ctx, c)
	}
	path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), "cat")
	r, err := j.Judge(ctx, Request{Problem: problem, Submissions: []string{path}})
	if !errors.Is(err, context.Canceled) || r == nil || checks == 0 {
		t.Fatal(r, err, checks)
	}
	if test := r.Submissions[0].Tests[0]; test.Verdict != problems.SKIP || test.Reason != report.Interrupted {
		t.Errorf("%+v", test)
	}
	for _, file := range keptFiles(t, dir) {
		if data, err := os.ReadFile(file); err != nil || len(data) > 0 {
			t.Errorf("%s is kept, %v", data, err)
		}
	}
}

// TestInterruptedProbesHaveNoResult: of the problem's own programs neither, and nothing of them is kept.
func TestInterruptedProbesHaveNoResult(t *testing.T) {
	j := jailed(t)
	var err error
	if j.Verdicts, err = cache.OpenVerdicts(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	j.Cores = j.Cores[:1]
	p := problemOf(t, "1\n", "1\n", "2\n", "2\n")
	p.Limits.ValidationTime = time.Hour
	p.Limits.ValidationMemory, p.Limits.ValidationOutput = 64*problems.MiB, problems.MiB
	p.InputValidators = []problems.Validator{{Path: writeFile(t, filepath.Join(p.Dir, "v", "v.sh"), `read x; exit 43`)}}
	probes := []Probe{{Test: p.Tests[0]}, {Test: p.Tests[1]}}
	ctx, cancel := context.WithCancel(t.Context())
	run, tried := j.Run, 0
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		if c.Stdin != nil {
			if tried++; tried == 2 {
				cancel()
			}
		}
		return run(ctx, c)
	}
	results, err := j.Probe(ctx, p, probes)
	if !errors.Is(err, context.Canceled) || len(results) != 2 {
		t.Fatal(results, err)
	}
	if results[0].Err != nil || results[0].Accepted || !errors.Is(results[1].Err, ErrNotProbed) {
		t.Errorf("%+v", results)
	}
	j.Run = run
	results, err = j.Probe(t.Context(), p, probes)
	if err != nil || !results[0].Cached || results[1].Cached || results[1].Err != nil {
		t.Errorf("%+v, %v", results, err)
	}
}

func keptFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "verdicts", "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

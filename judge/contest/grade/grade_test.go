package grade

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/judge"
	"judge/judge/contest"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// fakeEngine judges by what is in a source: the code of a verdict, or a call.
type fakeEngine struct {
	judged []string       // contents, in the order in which they were handed out
	on     map[string]any // by content: func() before the result, error of Done
	cancel context.CancelFunc
}

func (f *fakeEngine) Prepare(context.Context, *problems.Problem, judge.Stop) (*judge.Prepared, error) {
	return nil, nil
}

func (f *fakeEngine) Stream(ctx context.Context, next func() (judge.Job, bool)) error {
	for job, ok := next(); ok; job, ok = next() {
		data, err := os.ReadFile(job.Path)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(string(data))
		f.judged = append(f.judged, text)
		switch act := f.on[text].(type) {
		case func():
			act()
		case error:
			job.Done(report.Submission{}, act)
			continue
		}
		verdict, err := problems.ParseVerdict(strings.TrimRight(text, " ;0123456789"))
		if err != nil {
			return err
		}
		job.Done(report.Submission{
			Language: "c", Verdict: verdict, Unfinished: ctx.Err() != nil,
			Tests: []report.Test{{Name: "1", Verdict: verdict}},
		}, nil)
	}
	return ctx.Err()
}

// graded grades the contest in a directory, and returns what was judged and the results.
func graded(t *testing.T, dir string, o Options, f *fakeEngine) (*contest.Results, error) {
	t.Helper()
	table, err := languages.Load("")
	if err != nil {
		t.Fatal(err)
	}
	o.Contest, o.Languages = dir, table
	g, err := Open(t.Context(), o)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f.cancel = cancel
	err = g.Grade(ctx, f, contest.Machine{Name: "m"})
	r, failed := g.Results(t.Context())
	if failed != nil {
		t.Fatal(failed)
	}
	return r, err
}

// verdicts lists the verdicts that count, by team.
func verdicts(r *contest.Results) string {
	var all []string
	for _, s := range r.Contest.Submissions {
		v := "-"
		if j := r.Judgements[s.ID]; j != nil {
			v = j.Verdict.String()
		}
		all = append(all, s.Team+" "+v)
	}
	return strings.Join(all, ", ")
}

func fakeContest(t *testing.T, sources map[string]string) string {
	dir := t.TempDir()
	lay(t, dir, map[string]string{
		"contest.yaml":   "id: c\nproblems: {P: p}\nsubmissions: \"{team}/{problem}/{file}\"\n",
		"p/problem.yaml": "name: P\ntests: \"*.in\"\n", "p/1.in": "1\n", "p/1.ans": "1\n",
	})
	for team, text := range sources {
		lay(t, dir, map[string]string{team + "/P/x.c": text})
	}
	return dir
}

func expect(t *testing.T, what string, r *contest.Results, err error, want string) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if got := verdicts(r); got != want {
		t.Errorf("%s: got %s, expected %s", what, got, want)
	}
}

func TestInterruptedSubmissionIsJudgedAgain(t *testing.T) {
	dir := fakeContest(t, map[string]string{"a": "AC;", "b": "WA;", "c": "AC;3"})
	f := &fakeEngine{on: map[string]any{}}
	f.on["WA;"] = func() { f.cancel() }
	r, err := graded(t, dir, Options{}, f)
	if !errors.Is(err, context.Canceled) || verdicts(r) != "a AC, b -, c -" {
		t.Errorf("interrupted: got %s, %v", verdicts(r), err)
	}
	f = &fakeEngine{}
	r, err = graded(t, dir, Options{}, f)
	expect(t, "again", r, err, "a AC, b WA, c AC")
	if got := strings.Join(f.judged, " "); got != "WA; AC;3" {
		t.Errorf("again: judged %s", got)
	}
}

func TestJudgeErrorIsTriedAgainAndReplaced(t *testing.T) {
	dir := fakeContest(t, map[string]string{"a": "AC;", "b": "WA;"})
	fails := &fakeEngine{on: map[string]any{"WA;": errors.New("no jail")}}
	r, err := graded(t, dir, Options{}, fails)
	expect(t, "first", r, err, "a AC, b JE")
	if errs := JudgeErrors(r); len(errs) != 1 || errs[0].Reason != "no jail" {
		t.Errorf("got %v", errs)
	}
	f := &fakeEngine{}
	r, err = graded(t, dir, Options{}, f)
	expect(t, "second", r, err, "a AC, b WA")
	if len(f.judged) != 1 {
		t.Errorf("judged %v, expected the judge error alone", f.judged)
	}
	f = &fakeEngine{}
	r, err = graded(t, dir, Options{}, f)
	expect(t, "third", r, err, "a AC, b WA")
	if len(f.judged) != 0 {
		t.Errorf("judged %v, expected nothing", f.judged)
	}
}

func TestSourceThatChangesWhileItIsJudgedIsAJudgeError(t *testing.T) {
	dir := fakeContest(t, map[string]string{"a": "AC;"})
	f := &fakeEngine{on: map[string]any{"AC;": func() { lay(t, dir, map[string]string{"a/P/x.c": "WA;"}) }}}
	r, err := graded(t, dir, Options{}, f)
	expect(t, "changing", r, err, "a JE")
	r, err = graded(t, dir, Options{}, &fakeEngine{})
	expect(t, "changed", r, err, "a WA")
}

func TestRejudgingContinuesAndCountsOnceApplied(t *testing.T) {
	dir := fakeContest(t, map[string]string{"a": "AC;", "b": "WA;", "c": "AC;3"})
	r, err := graded(t, dir, Options{}, &fakeEngine{})
	expect(t, "first", r, err, "a AC, b WA, c AC")
	lay(t, dir, map[string]string{"p/1.ans": "2\n"})
	var changed *ChangedError
	if _, err := graded(t, dir, Options{}, &fakeEngine{}); !errors.As(err, &changed) || len(changed.Packages) != 1 ||
		changed.Packages[0].Judgements != 3 || strings.Join(changed.Packages[0].Files, " ") != "1.ans" {
		t.Fatalf("got %v, expected the changed package", err)
	}
	f := &fakeEngine{on: map[string]any{}}
	f.on["WA;"] = func() { f.cancel() }
	r, err = graded(t, dir, Options{Rejudge: true}, f)
	if !errors.Is(err, context.Canceled) || len(r.Rounds) != 2 {
		t.Fatalf("interrupted: got %v, %d rounds", err, len(r.Rounds))
	}
	apply := Closing{Results: filepath.Join(dir, "results.judge"), Round: 2, Apply: true}
	if _, err := apply.Close(t.Context()); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("got %v, expected that the round is not complete", err)
	}
	f = &fakeEngine{on: map[string]any{"AC;3": errors.New("no jail")}}
	r, err = graded(t, dir, Options{Rejudge: true}, f)
	expect(t, "continued", r, err, "a AC, b WA, c AC")
	if got := strings.Join(f.judged, " "); got != "WA; AC;3" || len(r.Rounds) != 2 {
		t.Errorf("judged %s in %d rounds", got, len(r.Rounds))
	}
	closed, err := apply.Close(t.Context())
	expect(t, "applied", closed.Results, err, "a AC, b WA, c JE")
	if closed.Difference.Judged != 3 || closed.Difference.Differ != 1 {
		t.Errorf("got %+v", closed.Difference)
	}
	r, err = graded(t, dir, Options{}, &fakeEngine{})
	expect(t, "the judge error of the round", r, err, "a AC, b WA, c AC")
	for _, j := range r.Judgements {
		if j.Round != 2 {
			t.Errorf("submission %s counts in round %d, expected 2", j.Submission, j.Round)
		}
	}
}

func TestPackageThatChangesDuringARejudgingIsNoticed(t *testing.T) {
	dir := fakeContest(t, map[string]string{"a": "AC;", "b": "WA;"})
	r, err := graded(t, dir, Options{}, &fakeEngine{})
	expect(t, "first", r, err, "a AC, b WA")
	if _, err = graded(t, dir, Options{Rejudge: true}, &fakeEngine{}); err != nil {
		t.Fatal(err)
	}
	lay(t, dir, map[string]string{"p/1.in": "2\n"})
	var changed *ChangedError
	_, err = graded(t, dir, Options{Rejudge: true}, &fakeEngine{})
	if !errors.As(err, &changed) || changed.Round != 2 {
		t.Errorf("got %v, expected that the package changed since round 2", err)
	}
}

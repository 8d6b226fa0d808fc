package judge

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"judge/isolate"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// linked adds tests to a problem: earlier ones under other names.
func linked(t *testing.T, p *problems.Problem, tests ...int) {
	t.Helper()
	for _, i := range tests {
		again := p.Tests[i]
		again.Name = p.Tests[i].Name + string(rune('0'+len(p.Tests)))
		for _, path := range []*string{&again.Input, &again.Answer} {
			link := filepath.Join(p.Dir, again.Name+filepath.Ext(*path))
			if err := os.Link(*path, link); err != nil {
				t.Fatal(err)
			}
			*path = link
		}
		p.Tests = append(p.Tests, again)
	}
}

// cachedTests shows the tests of a submission that took another's result, as "-+".
func cachedTests(s report.Submission) (marks string) {
	for _, test := range s.Tests {
		marks += map[bool]string{true: "+", false: "-"}[test.Cached]
	}
	return marks
}

func TestTestsThatAreTheSameRunOnce(t *testing.T) {
	for _, row := range []struct {
		rule           string
		source         string
		change         func(*problems.Problem)
		stop           decide.Stop
		want, cached   string
		mostRuns, runs int // with any number of lanes, and with one
	}{
		{"links", "ok wrong", func(*problems.Problem) {}, decide.AtEnd, "WA: AC WA AC WA AC", "--+++", 2, 2},
		{"a failure of the judge", "ok nojail", func(*problems.Problem) {}, decide.AtEnd,
			"JE(no cgroup\\a to be had): AC JE(no cgroup\\a to be had) AC JE(no cgroup\\a to be had) AC", "--+++", 2, 2},
		{"other arguments", "ok ok", func(p *problems.Problem) { p.Tests[2].RunArgs, p.Tests[3].Args = []string{"a"}, []string{"b"} },
			decide.AtEnd, "AC: AC AC AC AC AC", "----+", 4, 4},
		{"another comparison", "ok ok", func(p *problems.Problem) { p.Tests[4].Checker = &problems.Checker{Compare: problems.Exact} },
			decide.AtEnd, "AC: AC AC AC AC AC", "--++-", 3, 3},
		{"another answer", "ok ok", func(p *problems.Problem) { p.Tests[4].Answer = p.Tests[1].Answer },
			decide.AtEnd, "WA: AC AC AC AC WA", "--++-", 3, 3},
		{"what follows a failure", "wrong ok", func(*problems.Problem) {}, decide.AtFirstFailure, "WA: WA SKIP SKIP SKIP SKIP", "-----", 2, 1},
		{"a test that only another group needs", "wrong ok", func(p *problems.Problem) {
			for i, g := range []string{"g1", "g1", "g1", "g2", "g2"} {
				p.Tests[i].Groups = []string{g}
			}
			p.Scoring = problems.GroupsOfTests([]*problems.Scoring{{Name: "g1", Points: 1}, {Name: "g2", Points: 1}}, p.Tests)
		}, decide.AtFirstFailure, "WA: WA SKIP SKIP AC WA", "----+", 2, 2},
	} {
		for _, lanes := range []int{1, 3} {
			p := numbers(t, 2)
			linked(t, p, 0, 1, 0)
			row.change(p)
			j, a := acted(t, lanes)
			s := judgeAll(t, j, Request{Problem: p, Submissions: acts(t, row.source), Stop: row.stop}).Submissions[0]
			if got, marks := verdicts(s), cachedTests(s); got != row.want || marks != row.cached {
				t.Errorf("%s, %d lanes: got %s with %s cached, expected %s with %s", row.rule, lanes, got, marks, row.want, row.cached)
			}
			if a.ran > row.mostRuns || lanes == 1 && a.ran != row.runs {
				t.Errorf("%s, %d lanes: %d runs, expected %d", row.rule, lanes, a.ran, row.runs)
			}
			if s.Tests[4].Name != "a4" {
				t.Errorf("%s: test 4 is called %q", row.rule, s.Tests[4].Name)
			}
		}
	}
}

// TestSameTestsOfACommunicationRunOnce: the manager and the processes of a test serve another test that is the same work,
// and no test that has another answer, which the manager may read.
func TestSameTestsOfACommunicationRunOnce(t *testing.T) {
	runs := func(change func(*problems.Problem)) (int64, report.Submission) {
		problem := managedBy(t, 2, false, adds)
		change(problem)
		j := jailed(t)
		var ran atomic.Int64
		run := j.Run
		j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
			ran.Add(1)
			return run(ctx, c)
		}
		path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), `read n <$1; echo $((2 * n)) >$2`)
		s := judgeAll(t, j, Request{Problem: problem, Submissions: []string{path}}).Submissions[0]
		return ran.Load(), s
	}
	one, _ := runs(func(*problems.Problem) {})
	three, s := runs(func(p *problems.Problem) { linked(t, p, 0, 0) })
	if got, marks := verdicts(s), cachedTests(s); three != one || got != "AC: AC AC AC" || marks != "-++" {
		t.Errorf("the same tests: %d programs for one test, %d for three, %s with %s cached", one, three, got, marks)
	}
	two, s := runs(func(p *problems.Problem) {
		linked(t, p, 0)
		p.Tests[1].Answer = writeFile(t, filepath.Join(p.Dir, "other.ans"), "another\n")
	})
	if marks := cachedTests(s); two <= one || marks != "--" {
		t.Errorf("another answer: %d programs for one test, %d for two, %s cached", one, two, marks)
	}
}

package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
)

// aContest returns a contest with two teams, two problems and n submissions, s0 and so on.
func aContest(n int) contest.Contest {
	c := contest.Contest{
		ID: "spring27", Name: "Spring contest 2027", Duration: 5 * time.Hour, Freeze: time.Hour, Timed: true,
		Start:   time.Date(2027, 3, 6, 10, 0, 0, 0, time.FixedZone("", 3600)),
		Scoring: contest.Scoring{Penalty: 20 * time.Minute},
		Teams:   []contest.Team{{ID: "lund", Name: "Lund 2"}, {ID: "kth", Name: "Žluťoučký 🙂", Hidden: true}},
	}
	for _, id := range []string{"A", "B"} {
		facts := contest.Facts{
			Digest: strings.Repeat("a1", 32), TimeLimit: 2 * time.Second, MemoryLimit: 1 << 28,
			Tests: []contest.Test{{Name: "1", Sample: true}, {Name: "2", Group: "g"}},
		}
		c.Problems = append(c.Problems, contest.Problem{ID: id, Label: id, Package: "problems/" + id, Facts: &facts})
	}
	for i := range n {
		at := time.Duration(i) * time.Second
		c.Submissions = append(c.Submissions, contest.Submission{
			ID: fmt.Sprintf("s%d", i), Team: c.Teams[i%2].ID, Problem: c.Problems[i/2%2].ID, Language: "cpp", Time: at,
			At: c.Start.Add(at), Path: fmt.Sprintf("submissions/%d.cpp", i),
		})
	}
	return c
}

// aJudgement returns a judgement of a submission in the first round, with runs.
func aJudgement(submission string, verdict problems.Verdict, runs int) contest.Judgement {
	score := 12.5
	at := time.Date(2027, 3, 6, 12, 0, 0, 123000, time.UTC)
	j := contest.Judgement{
		Submission: submission, Round: 1, Verdict: verdict, Reason: "exit 3", Score: &score, Language: "cpp",
		Groups: []contest.GroupScore{{Name: "g", Points: 100, Score: 12.5}}, CPU: 123456789, Memory: 1 << 24,
		Started: at, Ended: at.Add(time.Second), Machine: "hall-1", Package: strings.Repeat("a1", 32), Source: "not hexadecimal",
		Log: "line\nline", Evidence: "test 2: expected 4, got 5",
	}
	for i := range runs {
		j.Runs = append(j.Runs, contest.Run{
			Test: i + 1, Verdict: verdict, Reason: report.OverCPU, CPU: time.Duration(i) + 123456789, Wall: 234567890,
			Memory: 1 << 22, Output: int64(i), Rerun: i%2 == 1, Message: "message",
		})
	}
	return j
}

// created returns a new store with a contest of n submissions, which the test closes.
func created(t testing.TB, n int) (s *Store, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "results.judge")
	return opened(t, path, n), path
}

func opened(t testing.TB, path string, n int) *Store {
	t.Helper()
	s, err := Open(path, Options{Judge: "v1", Interval: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) //nolint:errcheck // tests that look at it close it themselves
	if err := s.SetContest(aContest(n)); err != nil {
		t.Fatal(err)
	}
	return s
}

// put stores judgements.
func put(t testing.TB, s *Store, all ...contest.Judgement) {
	t.Helper()
	for _, one := range all {
		if err := s.Put(one); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func results(t testing.TB, from interface {
	Results(context.Context) (*contest.Results, error)
}) *contest.Results {
	t.Helper()
	r, err := from.Results(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func allRuns(t testing.TB, from *Reader, which Which) (all []contest.RunsOf) {
	t.Helper()
	for one, err := range from.Runs(t.Context(), which) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func closed(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestResultFileReturnsWhatWasStored(t *testing.T) {
	s, path := created(t, 5)
	c := aContest(5)
	c.Given = []contest.Given{{Submission: "s0", Type: "AC", Start: time.Second}}
	c.Submissions[2].Fault = &contest.Fault{Verdict: problems.CE, Reason: "unknown language"}
	c.Submissions[3].Time, c.Submissions[3].Entry = 90*time.Second, "Main"
	if err := s.SetContest(c); err != nil {
		t.Fatal(err)
	}
	want := aJudgement("s1", problems.TLE, 3)
	plain := contest.Judgement{Submission: "s3", Round: 1, Verdict: problems.CE}
	put(t, s, plain, want)
	closed(t, s)

	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := results(t, r)
	// Times of the zone that was read are equal, but not deeply.
	if !got.Contest.Start.Equal(c.Start) || got.Contest.Start.Format(time.RFC3339) != c.Start.Format(time.RFC3339) {
		t.Errorf("expected the start %v, got %v", c.Start, got.Contest.Start)
	}
	got.Contest.Start = c.Start
	for i := range c.Submissions {
		if !got.Contest.Submissions[i].At.Equal(c.Submissions[i].At) {
			t.Errorf("expected %v, got %v", c.Submissions[i].At, got.Contest.Submissions[i].At)
		}
		got.Contest.Submissions[i].At = c.Submissions[i].At
	}
	if !reflect.DeepEqual(got.Contest, c) {
		t.Errorf("expected the contest\n%+v, got\n%+v", c, got.Contest)
	}
	runs := want.Runs
	want.Runs = nil
	if !reflect.DeepEqual(got.Judgements, map[string]*contest.Judgement{"s1": &want, "s3": &plain}) {
		t.Errorf("expected\n%+v, got\n%+v", want, got.Judgements["s1"])
	}
	if got.Judge != "v1" || len(got.Machines) != 1 || got.Machines[0].Name != "hall-1" || len(got.Rounds) != 1 {
		t.Errorf("unexpected machines or rounds: %+v", got)
	}
	if all := allRuns(t, r, Which{}); !reflect.DeepEqual(all, []contest.RunsOf{
		{Submission: "s1", Round: 1, Runs: runs}, {Submission: "s3", Round: 1},
	}) {
		t.Errorf("unexpected runs: %+v", all)
	}
	if all := allRuns(t, r, Which{Round: 1, Submissions: []string{"s1"}}); len(all) != 1 || len(all[0].Runs) != 3 {
		t.Errorf("unexpected runs: %+v", all)
	}
}

func TestCloseLeavesOneFile(t *testing.T) {
	s, path := created(t, 3)
	if err := s.Put(aJudgement("s0", problems.AC, 3)); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if found := names(t, filepath.Dir(path)); !reflect.DeepEqual(found, []string{"results.judge"}) {
		t.Errorf("expected results.judge alone, got %v", found)
	}
	if err := s.Put(aJudgement("s1", problems.AC, 3)); !errors.Is(err, ErrClosed) {
		t.Errorf("Put after Close: expected ErrClosed, got %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o022 != 0 {
		t.Errorf("expected a file that others cannot write, got %v, %v", info, err)
	}
	s = opened(t, path, 3)
	if got := results(t, s); len(got.Judgements) != 1 {
		t.Errorf("expected 1 judgement after Close, got %d", len(got.Judgements))
	}
}

func names(t testing.TB, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestSecondJudgementOfARound(t *testing.T) {
	other := func(verdict problems.Verdict, score float64) contest.Judgement {
		j := aJudgement("s0", verdict, 2)
		j.Machine, j.Score = "hall-2", &score
		return j
	}
	tests := []struct {
		name          string
		first, second contest.Judgement
		fate          Fate
		counts        problems.Verdict
		runs, differ  int
	}{
		{"the same", aJudgement("s0", problems.AC, 3), other(problems.AC, 12.5), Known, problems.AC, 3, 0},
		{"another verdict", aJudgement("s0", problems.AC, 3), other(problems.WA, 12.5), Differs, problems.AC, 3, 1},
		{"another score", aJudgement("s0", problems.AC, 3), other(problems.AC, 50), Differs, problems.AC, 3, 1},
		{"after a JE", aJudgement("s0", problems.JE, 3), other(problems.WA, 12.5), Replaced, problems.WA, 2, 0},
		{"two JEs", aJudgement("s0", problems.JE, 3), other(problems.JE, 12.5), Replaced, problems.JE, 2, 0},
		{"a late JE", aJudgement("s0", problems.AC, 3), other(problems.JE, 12.5), Discarded, problems.AC, 3, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, _ := created(t, 1)
			put(t, s, test.first)
			var fate Fate
			for range 2 { // the same difference twice is one
				if err := s.PutThen(test.second, func(f Fate) { fate = f }); err != nil {
					t.Fatal(err)
				}
				if err := s.Flush(t.Context()); err != nil {
					t.Fatal(err)
				}
				if test.fate == Replaced {
					break
				}
			}
			got := results(t, s)
			if fate != test.fate || got.Judgements["s0"].Verdict != test.counts || len(got.Differ) != test.differ {
				t.Errorf("expected fate %d, %v, %d disagreements; got fate %d, %v, %+v",
					test.fate, test.counts, test.differ, fate, got.Judgements["s0"].Verdict, got.Differ)
			}
			if runs := allRuns(t, s.Reader, Which{})[0].Runs; len(runs) != test.runs {
				t.Errorf("expected %d runs, got %d", test.runs, len(runs))
			}
			for _, d := range got.Differ {
				if d.Submission != "s0" || d.Machine != "hall-2" || d.First != "AC" || d.At.IsZero() {
					t.Errorf("unexpected disagreement %+v", d)
				}
			}
		})
	}
}

func TestLastAppliedRoundCounts(t *testing.T) {
	s, _ := created(t, 3)
	put(t, s, aJudgement("s0", problems.WA, 1), aJudgement("s1", problems.WA, 1))
	round := func(kind contest.RoundKind, verdict problems.Verdict, submissions ...string) int {
		opened, err := s.OpenRound(kind, contest.Selection{Problems: []string{"A"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range submissions {
			j := aJudgement(id, verdict, 2)
			j.Round = opened.ID
			put(t, s, j)
		}
		return opened.ID
	}
	expect := func(want ...problems.Verdict) {
		t.Helper()
		for i, verdict := range want {
			if got := results(t, s).Judgements[fmt.Sprintf("s%d", i)]; got.Verdict != verdict {
				t.Errorf("s%d: expected %v, got %v of round %d", i, verdict, got.Verdict, got.Round)
			}
		}
	}
	second, third := round(contest.Rejudge, problems.AC, "s0", "s1"), round(contest.Rejudge, problems.TLE, "s0")
	audit, cancelled := round(contest.Audit, problems.RTE, "s0"), round(contest.Rejudge, problems.MLE, "s0")
	if second != 2 {
		t.Errorf("expected the first rejudging to be round 2, got %d", second)
	}
	expect(problems.WA, problems.WA)
	if err := s.Apply(third); err != nil {
		t.Fatal(err)
	}
	expect(problems.TLE, problems.WA)
	if err := s.Apply(second); err != nil { // it was opened earlier, and applied later
		t.Fatal(err)
	}
	expect(problems.AC, problems.AC)
	if err := s.Cancel(cancelled); err != nil {
		t.Fatal(err)
	}
	expect(problems.AC, problems.AC)
	for _, closed := range []int{0, 1, second, audit, cancelled, 99} {
		var of *RoundError
		if err := s.Apply(closed); !errors.As(err, &of) {
			t.Errorf("Apply(%d): expected a RoundError, got %v", closed, err)
		}
		if err := s.Cancel(closed); !errors.As(err, &of) {
			t.Errorf("Cancel(%d): expected a RoundError, got %v", closed, err)
		}
	}
	if all, err := s.Round(t.Context(), audit); err != nil || len(all) != 1 || all["s0"].Verdict != problems.RTE {
		t.Errorf("unexpected judgements of the audit: %v, %v", all, err)
	}
	all := allRuns(t, s.Reader, Which{Round: third})
	if len(all) != 1 || len(all[0].Runs) != 2 || all[0].Round != third {
		t.Errorf("unexpected runs of round %d: %+v", third, all)
	}
	if one, err := s.OpenRound(contest.FirstRound, contest.Selection{}); err != nil || one.ID != 1 {
		t.Errorf("expected round 1, got %+v, %v", one, err)
	}
	if all, err := s.Rounds(t.Context()); err != nil || len(all) != 5 || !reflect.DeepEqual(all[1].Selection,
		contest.Selection{Problems: []string{"A"}}) || all[1].Applied.IsZero() || all[4].Cancelled.IsZero() {
		t.Errorf("unexpected rounds %+v, %v", all, err)
	}
}

func TestChangedContestKeepsJudgements(t *testing.T) {
	s, _ := created(t, 4)
	put(t, s, aJudgement("s0", problems.AC, 1), aJudgement("s3", problems.WA, 1))
	c := aContest(6)
	c.Name, c.Submissions = "another name", c.Submissions[1:] // s0 is gone, s4 and s5 are new
	c.Submissions[0], c.Submissions[4] = c.Submissions[4], c.Submissions[0]
	if err := s.SetContest(c); err != nil {
		t.Fatal(err)
	}
	got := results(t, s)
	if got.Contest.Name != c.Name || len(got.Judgements) != 1 || got.Judgements["s3"] == nil {
		t.Errorf("unexpected %q with %v", got.Contest.Name, got.Judgements)
	}
	for i, one := range got.Contest.Submissions {
		if one.ID != c.Submissions[i].ID {
			t.Errorf("submission %d: expected %s, got %s", i, c.Submissions[i].ID, one.ID)
		}
	}
	if err := s.SetContest(aContest(6)); err != nil {
		t.Fatal(err)
	}
	if got := results(t, s); len(got.Judgements) != 2 {
		t.Errorf("expected the judgement of s0 to be back, got %v", got.Judgements)
	}
	c.ID = "autumn27"
	var of *MismatchError
	if err := s.SetContest(c); !errors.As(err, &of) || !strings.Contains(err.Error(), "spring27") {
		t.Errorf("expected a MismatchError that names spring27, got %v", err)
	}
}

func TestFaultyInputIsRefused(t *testing.T) {
	s, _ := created(t, 2)
	bad := func(change func(*contest.Judgement)) contest.Judgement {
		j := aJudgement("s0", problems.AC, 2)
		change(&j)
		return j
	}
	for _, j := range []contest.Judgement{
		bad(func(j *contest.Judgement) { j.Submission = "s2" }),
		bad(func(j *contest.Judgement) { j.Round = 2 }),
		bad(func(j *contest.Judgement) { j.Verdict = 0 }),
		bad(func(j *contest.Judgement) { j.Runs[1].Test = 1 }),
		bad(func(j *contest.Judgement) { j.Runs[0].Verdict = 77 }),
	} {
		if err := s.Put(j); err == nil {
			t.Errorf("expected an error for %+v", j)
		}
	}
	for _, change := range []func(*contest.Contest){
		func(c *contest.Contest) { c.Submissions[1].ID = "s0" },
		func(c *contest.Contest) { c.Submissions[1].ID = "../s0" },
		func(c *contest.Contest) { c.Submissions[1].Team = "none" },
		func(c *contest.Contest) { c.Submissions[1].Problem = "none" },
		func(c *contest.Contest) { c.Teams[1].ID = "lund" },
		func(c *contest.Contest) { c.Scoring.Type = 9 },
		func(c *contest.Contest) { c.Carried = map[string]json.RawMessage{"../x": json.RawMessage("[]")} },
	} {
		c := aContest(2)
		change(&c)
		if err := s.SetContest(c); err == nil {
			t.Errorf("expected an error for %+v", c)
		}
	}
	put(t, s, aJudgement("s0", problems.AC, 2)) // it goes on
}

func TestMachinesKeepTheirClasses(t *testing.T) {
	s, _ := created(t, 2)
	class := contest.Class{
		CPU: "EPYC", Kernel: "6.18", Cgroup: "v2", Isolation: "full", Toolchain: "t", Judge: "j", Speed: 1,
	}
	first := time.Date(2027, 3, 6, 9, 0, 0, 0, time.UTC)
	for i, name := range []string{"hall-1", "hall-2", "hall-1"} {
		at := first.Add(time.Duration(i) * time.Hour)
		if err := s.SetMachine(contest.Machine{Name: name, Class: class, FirstSeen: at, LastSeen: at}); err != nil {
			t.Fatal(err)
		}
	}
	class.Kernel = "6.19"
	changed := contest.Machine{Name: "hall-1", Class: class, FirstSeen: first, LastSeen: first}
	if err := s.SetMachine(changed); err != nil {
		t.Fatal(err)
	}
	put(t, s, aJudgement("s0", problems.AC, 2))
	all := results(t, s).Machines
	if len(all) != 3 || all[0].Class.ID != all[1].Class.ID || all[2].Class.Kernel != "6.19" ||
		all[2].Class.Speed != 1 || !all[0].FirstSeen.Equal(first) || !all[0].LastSeen.Equal(first.Add(2*time.Hour)) {
		t.Errorf("unexpected machines %+v", all)
	}
}

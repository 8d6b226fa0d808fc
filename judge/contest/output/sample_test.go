package output

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
	"judge/problems"
)

// TestMain makes the golden files independent of the locale: characters of ambiguous width are narrow here.
func TestMain(m *testing.M) {
	twwidth.SetEastAsian(false)
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run the test with -update if that is meant:\n%s", path, got)
	}
}

// hostile is a text that a terminal, a shell and a path may obey.
const hostile = "=1+1\x1b[31m../../x\u202e\n::error::"

// sample returns a contest of five hours with what each output must cope with.
func sample(kind contest.Type) *contest.Results {
	start := time.Date(2027, 3, 6, 10, 0, 0, 0, time.FixedZone("CET", 3600))
	r := &contest.Results{Judgements: map[string]*contest.Judgement{}}
	r.Contest = contest.Contest{
		ID: "spring-27", Name: "Spring contest 2027", Timed: true, Start: start, Duration: 5 * time.Hour, Freeze: time.Hour,
		Scoring: contest.Scoring{Type: kind, Penalty: 20 * time.Minute},
		Problems: []contest.Problem{{ID: "A", Label: "A", Name: "Alpha"}, {ID: "B", Label: "B"},
			{ID: "C", Label: "C", Facts: &contest.Facts{Points: true, MaxScore: 60}}},
		Organizations: []contest.Organization{{ID: "lu", Name: "Lund"}},
		Groups:        []contest.Group{{ID: "north", Name: "North"}},
		Teams: []contest.Team{
			{ID: "lund2", Name: "Lund 2", Organization: "lu", Groups: []string{"north"}},
			{ID: "kth-1", Name: "KTH Royal Institute of Technology, the first team of two", Organization: "gone"},
			{ID: "x", Name: hostile},
			{ID: "jp", Name: "東京大学", DisplayName: "東京大学 Tokyo"},
			{ID: "jury", Name: "Jury", Hidden: true},
		},
		Submissions: nil,
	}
	r.Machines = []contest.Machine{{ID: 1, Name: "local", FirstSeen: start, LastSeen: start.Add(time.Hour),
		Class: contest.Class{ID: 1, CPU: "EPYC", Kernel: "6.18", Cgroup: "v2", Isolation: "full", Speed: 1.02}}}
	from := time.Hour
	r.Rounds = []contest.Round{{ID: 1, Opened: start, Applied: start},
		{ID: 2, Kind: contest.Rejudge, Opened: start, Selection: contest.Selection{
			Problems: []string{"C"}, From: &from, Verdicts: []problems.Verdict{problems.WA}}}}
	r.Differ = []contest.Disagreement{{Submission: "s01", Machine: "b", First: "AC", Second: "TLE", At: start},
		{Submission: "s06", Machine: "b", First: "WA", Second: "AC", At: start}}
	return fill(r)
}

func fill(r *contest.Results) *contest.Results {
	add := func(team, problem string, at time.Duration, v problems.Verdict, groups ...float64) {
		id := fmt.Sprintf("s%02d", len(r.Contest.Submissions)+1)
		r.Contest.Submissions = append(r.Contest.Submissions, contest.Submission{ID: id, Team: team, Problem: problem,
			Time: at, Path: "submissions/" + id + ".cpp", Language: "C++"})
		if v == problems.Unjudged {
			return
		}
		j := &contest.Judgement{Submission: id, Round: 1, Verdict: v, Language: "cpp"}
		if groups != nil {
			all := 0.0
			for i, g := range groups {
				all += g
				j.Groups = append(j.Groups, contest.GroupScore{Name: fmt.Sprint("group ", i+1), Points: 30, Score: g})
			}
			j.Score = &all
		}
		r.Judgements[id] = j
	}
	m := time.Minute
	add("lund2", "A", 12*m+34567*time.Millisecond, problems.AC) // s01
	add("lund2", "B", 30*m, problems.WA)
	add("lund2", "B", 44*m, problems.AC)
	add("kth-1", "A", 20*m, problems.CE)
	add("kth-1", "A", 21*m, problems.AC) // s05
	add("kth-1", "B", 250*m, problems.WA)
	add("kth-1", "B", 260*m, problems.Unjudged)
	add("x", "A", 60*m, problems.TLE)
	add("x", "A", 70*m, problems.JE)
	add("jury", "A", 1*m, problems.AC) // s10
	add("jp", "C", 100*m, problems.WA, 30, 0)
	add("jp", "C", 110*m, problems.WA, 10.5, 30)
	add("jp", "C", 110*m, problems.WA, 0, 0) // the same second
	add("lund2", "C", 299*m, problems.AC, 30, 30)
	add("lund2", "C", 301*m, problems.AC, 30, 30) // s15
	add("x", "B", -5*m, problems.AC)
	r.Judgements["s08"].Reason = report.OverCPU
	r.Contest.Submissions[7].Path = hostile
	return r
}

func board(r *contest.Results, frozen bool) score.Board {
	return score.Compute(r, score.Options{Frozen: frozen})
}

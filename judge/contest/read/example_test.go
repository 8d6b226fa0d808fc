package read_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/judge/contest"
	"judge/judge/contest/read"
	"judge/judge/contest/score"
	"judge/problems"
	"judge/problems/formats"
)

// TestExampleContest: each submission of the example is one of its problem's, whose verdict is known. With those
// verdicts the scoreboard is the expected one.
func TestExampleContest(t *testing.T) {
	const dir = "../../../examples/contest-spring"
	c, closer, err := read.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	const submissions, teams = 26, 7
	if len(c.Submissions) != submissions || len(c.Teams) != teams || len(c.Notes) != 1 {
		t.Fatalf("got %d submissions, %d teams and the notes %v", len(c.Submissions), len(c.Teams), c.Notes)
	}
	results := contest.Results{Contest: *c, Judgements: map[string]*contest.Judgement{}}
	opened := map[string]*problems.Problem{}
	for _, p := range c.Problems {
		problem, err := formats.Open(filepath.Join(c.Dir, p.Package))
		if err != nil {
			t.Fatal(err)
		}
		defer problem.Close()
		opened[p.ID] = problem
	}
	for _, s := range c.Submissions {
		results.Judgements[s.ID] = &contest.Judgement{Submission: s.ID, Round: 1, Verdict: known(t, c, s, opened[s.Problem])}
	}
	board := score.Compute(&results, score.Options{})
	names := map[string]string{}
	for _, team := range c.Teams {
		names[team.ID] = team.Name
	}
	got := [][]string{{"rank", "team", "solved", "penalty"}}
	for _, row := range board.Rows {
		got = append(got, []string{fmt.Sprint(row.Rank), row.Team.Name, fmt.Sprint(row.Solved), fmt.Sprint(row.Penalty)})
	}
	data, err := os.ReadFile(filepath.Join(dir, "expected.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("expected %v, got %v", want, got)
	}
}

// known returns the verdict that the problem declares for a submission with the same content.
func known(t *testing.T, c *contest.Contest, s contest.Submission, problem *problems.Problem) problems.Verdict {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(c.Dir, s.Path))
	if err != nil {
		t.Fatal(err)
	}
	for _, declared := range problem.Submissions {
		if !strings.HasSuffix(s.Path, "_"+filepath.Base(declared.Path)) {
			continue
		}
		if same, err := os.ReadFile(declared.Path); err == nil && bytes.Equal(data, same) {
			return declared.Expect[0]
		}
	}
	t.Fatalf("%s is not a submission of %s", s.Path, problem.Name)
	return 0
}

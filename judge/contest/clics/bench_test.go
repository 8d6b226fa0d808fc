package clics

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// BenchmarkWrite writes 10,000 submissions with 240,000 runs.
func BenchmarkWrite(b *testing.B) {
	r := largeContest(b)
	for _, test := range []struct {
		name string
		runs bool
	}{{"directory", false}, {"directory with runs", true}, {"archive.zip", false}, {"archive with runs.zip", true}} {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				e := Export{Results: r}
				if test.runs {
					e.Runs = manyRuns(r)
				}
				if err := Write(b.Context(), filepath.Join(b.TempDir(), test.name), e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRead reads the same contest with its judgements.
func BenchmarkRead(b *testing.B) {
	dest := filepath.Join(b.TempDir(), "x")
	if err := Write(b.Context(), dest, Export{Results: largeContest(b)}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		_, closer, err := Read(dest)
		if err != nil {
			b.Fatal(err)
		}
		closer.Close()
	}
}

// largeContest has 10,000 submissions, each with its own source of 2 KiB.
func largeContest(b *testing.B) *contest.Results {
	b.Helper()
	dir := b.TempDir()
	start := time.Date(2027, 3, 6, 10, 0, 0, 0, time.UTC)
	r := &contest.Results{Contest: contest.Contest{ID: "c", Name: "C", Start: start, Duration: 5 * time.Hour, Timed: true,
		Dir: dir, Scoring: contest.Scoring{Penalty: 20 * time.Minute}}, Judgements: map[string]*contest.Judgement{}}
	c := &r.Contest
	for i := range 120 {
		c.Teams = append(c.Teams, contest.Team{ID: fmt.Sprint(i), Name: fmt.Sprint("Team ", i)})
	}
	for i := range 12 {
		c.Problems = append(c.Problems, contest.Problem{ID: fmt.Sprint(i), Label: fmt.Sprint(i),
			Facts: &contest.Facts{Tests: make([]contest.Test, 24)}})
	}
	for i := range 10_000 {
		id, at := fmt.Sprint(i), time.Duration(i)*time.Second
		text := ""
		for j := range 60 {
			text += fmt.Sprintf("    long long value%d = read(%d) * %d;\n", j, i*j, i+j)
		}
		writeFile(b, filepath.Join(dir, id+".cpp"), []byte(text))
		c.Submissions = append(c.Submissions, contest.Submission{ID: id, Team: c.Teams[i%120].ID, Problem: c.Problems[i%11].ID,
			Path: id + ".cpp", Time: at, At: start.Add(at)})
		r.Judgements[id] = &contest.Judgement{Submission: id, Round: 1, Verdict: problems.Verdict(1 + i%3), Language: "cpp",
			Started: start.Add(6 * time.Hour), Ended: start.Add(6*time.Hour + time.Second)}
	}
	return r
}

func manyRuns(r *contest.Results) func(context.Context) iter.Seq2[contest.RunsOf, error] {
	runs := make([]contest.Run, 24)
	for i := range runs {
		runs[i] = contest.Run{Test: i + 1, Verdict: problems.AC, CPU: 12 * time.Millisecond, Wall: 13 * time.Millisecond}
	}
	return func(context.Context) iter.Seq2[contest.RunsOf, error] {
		return func(yield func(contest.RunsOf, error) bool) {
			for _, s := range r.Contest.Submissions {
				if !yield(contest.RunsOf{Submission: s.ID, Round: 1, Runs: runs}, nil) {
					return
				}
			}
		}
	}
}

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

// BenchmarkWrite exports 10,000 submissions with 240,000 runs.
func BenchmarkWrite(b *testing.B) {
	const submissions, tests = 10_000, 24
	r := &contest.Results{
		Contest: contest.Contest{
			ID: "bench", Name: "Bench", Duration: 5 * time.Hour, Timed: true, Start: time.Unix(1_800_000_000, 0).UTC(),
			Problems: []contest.Problem{{ID: "A", Label: "A", Name: "A"}},
		},
		Judgements: map[string]*contest.Judgement{},
	}
	for i := range 200 {
		name := fmt.Sprint("t", i)
		r.Contest.Teams = append(r.Contest.Teams, contest.Team{ID: name, Name: name})
	}
	runs := make([]contest.Run, tests)
	for i := range runs {
		runs[i] = contest.Run{Test: i + 1, Verdict: problems.AC, CPU: time.Millisecond, Wall: 2 * time.Millisecond}
	}
	for i := range submissions {
		id, at := fmt.Sprint("s", i), time.Duration(i)*time.Second
		r.Contest.Submissions = append(r.Contest.Submissions,
			contest.Submission{ID: id, Team: fmt.Sprint("t", i%200), Problem: "A", Time: at, Language: "c", Path: id + ".c"})
		r.Judgements[id] = &contest.Judgement{
			Submission: id, Round: 1, Verdict: problems.AC, Language: "c",
			Started: r.Contest.Start.Add(at), Ended: r.Contest.Start.Add(at + time.Second),
		}
	}
	export := Export{Results: r, Runs: func(context.Context) iter.Seq2[contest.RunsOf, error] {
		return func(yield func(contest.RunsOf, error) bool) {
			for _, s := range r.Contest.Submissions {
				if !yield(contest.RunsOf{Submission: s.ID, Round: 1, Runs: runs}, nil) {
					return
				}
			}
		}
	}}
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		if err := Write(b.Context(), filepath.Join(dir, fmt.Sprint(i, ".zip")), export); err != nil {
			b.Fatal(err)
		}
	}
}

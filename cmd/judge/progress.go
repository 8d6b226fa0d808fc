package main

import (
	"context"
	"io"
	"sync"
	"time"

	"judge/cmd/judge/progress"
	"judge/cmd/judge/terminal"
	"judge/judge"
	"judge/judge/contest"
	"judge/judge/contest/grade"
	"judge/judge/contest/page"
)

// progressLine shows how far a judging is, from its events, until end is called.
type progressLine struct {
	observe func(judge.Event)
	end     func()
}

func startProgress(stderr io.Writer, request judge.Request) progressLine {
	var tests []string
	for _, t := range request.Problem.Tests {
		tests = append(tests, t.Name)
	}
	count := progress.NewTests(request.Submissions, tests)
	return progressLine{count.Observe, progressOutput(stderr).Start(count.String)}
}

// progressOutput draws over one line on a terminal at which somebody looks, and writes a line a minute elsewhere.
func progressOutput(stderr io.Writer) progress.Output {
	to := progress.Output{To: stderr}
	if terminal.Redraws(stderr) {
		to.Width = func() int { return terminal.Width(stderr) }
	}
	return to
}

// startGradingProgress shows how far the grading of a contest is until the returned function is called.
func startGradingProgress(stderr io.Writer, g *grade.Grading) (end func()) {
	to := progressOutput(stderr)
	if to.Width != nil {
		to.Every = 250 * time.Millisecond // grading takes hours
	}
	return to.Start(func() string { return progress.Grading(g.Progress.Status()) })
}

// startPage keeps the page of a contest up to date until the returned function is called.
func (f gradeFlags) startPage(g *grade.Grading) (end func()) {
	if f.html == "" {
		return func() {}
	}
	writer := page.Writer{Path: f.html}
	over := make(chan struct{}) // closed by end
	var work sync.WaitGroup
	work.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				read := func() (*contest.Results, page.Live, error) {
					r, err := g.Results(context.Background())
					return r, f.live(g), err
				}
				writer.Update(uint64(g.Progress.Done())+1, read) //nolint:errcheck // the last one counts
			case <-over:
				return
			}
		}
	})
	return func() {
		close(over)
		work.Wait()
	}
}

// live is what the page shows besides the results.
func (f gradeFlags) live(g *grade.Grading) page.Live {
	s := g.Progress.Status()
	return page.Live{
		Grading: true, Running: s.Running, Left: s.Left, Written: time.Now(),
		Round: func(id int) (map[string]*contest.Judgement, error) { return g.RoundOf(context.Background(), id) },
	}
}

// finalPage writes the page a last time.
func (f gradeFlags) finalPage(g *grade.Grading, r *contest.Results) error {
	if f.html == "" {
		return nil
	}
	live := f.live(g)
	live.Grading, live.Running, live.Left = false, nil, 0
	return (&page.Writer{Path: f.html}).Finish(r, live)
}

package main

import (
	"io"

	"judge/cmd/judge/progress"
	"judge/cmd/judge/terminal"
	"judge/judge"
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

package main

import (
	"fmt"
	"io"
	"time"

	"judge/judge"
	"judge/problems"
)

// progress is a line on a terminal that tells how far the judging is. Anywhere else it says nothing.
type progress struct {
	to           io.Writer // nil: silent
	drawn        time.Time
	tests, total int
	compiled, of int
	failed       int
}

// redrawn is how often the line changes: as often as an eye can follow, so that fast tests do not wait for a terminal.
const redrawn = 50 * time.Millisecond

func startProgress(stderr io.Writer, request judge.Request) *progress {
	p := &progress{of: len(request.Submissions), total: len(request.Submissions) * len(request.Problem.Tests)}
	if redraws(stderr) {
		p.to = stderr
	}
	p.draw()
	return p
}

func (p *progress) observe(e judge.Event) {
	switch {
	case e.Test == nil:
		p.compiled++
	default:
		p.tests++
		if e.Test.Verdict != problems.AC && e.Test.Verdict != problems.SKIP {
			p.failed++
		}
	}
	if time.Since(p.drawn) >= redrawn {
		p.draw()
	}
}

func (p *progress) draw() {
	if p.to == nil {
		return
	}
	p.drawn = time.Now()
	fmt.Fprintf(p.to, "\r\x1b[K%s", p)
}

// String is the line.
func (p *progress) String() string {
	if p.tests == 0 {
		return fmt.Sprintf("compiled %d of %d ...", p.compiled, p.of)
	}
	return fmt.Sprintf("%d of %d tests, %d failed", p.tests, p.total, p.failed)
}

// end wipes the line.
func (p *progress) end() {
	if p.to != nil {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

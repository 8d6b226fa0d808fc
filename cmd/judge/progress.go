package main

import (
	"fmt"
	"io"
	"os"

	"judge/judge"
	"judge/problems"
)

// progress is a line on a terminal that tells how far the judging is. Anywhere else it says nothing.
type progress struct {
	to           io.Writer // nil: silent
	tests, total int
	compiled, of int
	failed       int
}

func startProgress(stderr io.Writer, request judge.Request) *progress {
	p := &progress{of: len(request.Submissions), total: len(request.Submissions) * len(request.Problem.Tests)}
	if terminalWidth(stderr) > 0 && os.Getenv("CI") == "" {
		p.to = stderr
	}
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
	if p.to == nil {
		return
	}
	if p.tests == 0 {
		fmt.Fprintf(p.to, "\r\x1b[Kcompiled %d of %d", p.compiled, p.of)
		return
	}
	fmt.Fprintf(p.to, "\r\x1b[K%d of %d tests, %d failed", p.tests, p.total, p.failed)
}

// end wipes the line.
func (p *progress) end() {
	if p.to != nil {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

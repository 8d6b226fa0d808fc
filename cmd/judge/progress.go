package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"judge/judge"
	"judge/problems"
)

// progress is a line on a terminal that tells how far the judging is. Anywhere else it says nothing.
type progress struct {
	to   io.Writer     // nil: silent
	over chan struct{} // closed by end
	line sync.WaitGroup
	text func() string // what the line says; nil: String

	mu           sync.Mutex
	tests, total int
	compiled, of int
	failed       int
}

// redrawn is how often the line is drawn: fast enough for an eye, and fast tests do not wait for a slow terminal.
const redrawn = 100 * time.Millisecond

func startProgress(stderr io.Writer, request judge.Request) *progress {
	p := &progress{of: len(request.Submissions), total: len(request.Submissions) * len(request.Problem.Tests)}
	if redraws(stderr) {
		p.start(stderr)
	}
	return p
}

// start draws the line until end.
func (p *progress) start(to io.Writer) {
	p.to, p.over = to, make(chan struct{})
	p.draw()
	p.line.Go(func() {
		tick := time.NewTicker(redrawn)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.draw()
			case <-p.over:
				fmt.Fprint(p.to, "\r\x1b[K")
				return
			}
		}
	})
}

func (p *progress) draw() {
	text := p.String
	if p.text != nil {
		text = p.text
	}
	fmt.Fprintf(p.to, "\r\x1b[K%s", text())
}

// end wipes the line.
func (p *progress) end() {
	if p.to != nil {
		close(p.over)
		p.line.Wait()
	}
}

func (p *progress) observe(e judge.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e.Test == nil {
		p.compiled++
		return
	}
	p.tests++
	if e.Test.Verdict != problems.AC && e.Test.Verdict != problems.SKIP {
		p.failed++
	}
}

// String is the line.
func (p *progress) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tests == 0 {
		return fmt.Sprintf("compiled %d of %d ...", p.compiled, p.of)
	}
	return fmt.Sprintf("%d of %d tests, %d failed", p.tests, p.total, p.failed)
}

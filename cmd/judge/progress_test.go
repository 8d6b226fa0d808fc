package main

import (
	"bytes"
	"strings"
	"testing"

	"judge/judge"
	"judge/judge/report"
	"judge/problems"
)

func TestProgressIsOneLineThatIsWipedAtTheEnd(t *testing.T) {
	var b bytes.Buffer
	p := &progress{to: &b, total: 2, of: 1}
	p.draw()
	p.observe(judge.Event{Compile: &report.Compile{}})
	p.observe(judge.Event{Test: &report.Test{Verdict: problems.AC}})
	p.observe(judge.Event{Test: &report.Test{Verdict: problems.WA}})
	p.draw()
	p.end()
	drawn := strings.Split(b.String(), "\r\x1b[K")
	if strings.Contains(b.String(), "\n") || drawn[len(drawn)-1] != "" {
		t.Errorf("left on the terminal: %q", drawn)
	}
	if first, last := drawn[1], drawn[len(drawn)-2]; first != "compiled 0 of 1 ..." || last != "2 of 2 tests, 1 failed" {
		t.Errorf("it began with %q and ended with %q", first, last)
	}
}

func TestProgressSaysNothingToAPipe(t *testing.T) {
	var b bytes.Buffer
	p := startProgress(&b, judge.Request{Problem: &problems.Problem{}, Submissions: []string{"a"}})
	p.observe(judge.Event{Compile: &report.Compile{}})
	p.end()
	if b.Len() > 0 {
		t.Errorf("it said %q", b.String())
	}
}

package main

import (
	"bytes"
	"strings"
	"testing"

	"judge/judge"
	"judge/judge/report"
	"judge/problems"
)

func TestProgressCountsWhatIsDone(t *testing.T) {
	p := &progress{total: 3, of: 2}
	for _, step := range []struct {
		event judge.Event
		want  string
	}{
		{judge.Event{Compile: &report.Compile{}}, "compiled 1 of 2 ..."},
		{judge.Event{Test: &report.Test{Verdict: problems.AC}}, "1 of 3 tests, 0 failed"},
		{judge.Event{Test: &report.Test{Verdict: problems.WA}}, "2 of 3 tests, 1 failed"},
		{judge.Event{Test: &report.Test{Verdict: problems.SKIP}}, "3 of 3 tests, 1 failed"},
	} {
		p.observe(step.event)
		if got := p.String(); got != step.want {
			t.Errorf("it says %q, want %q", got, step.want)
		}
	}
}

func TestProgressIsOneLineThatIsWipedAtTheEnd(t *testing.T) {
	var b bytes.Buffer
	p := &progress{of: 1}
	p.start(&b)
	p.end()
	drawn := strings.Split(b.String(), "\r\x1b[K")
	if strings.Contains(b.String(), "\n") || drawn[1] != "compiled 0 of 1 ..." || drawn[len(drawn)-1] != "" {
		t.Errorf("drawn: %q", drawn)
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

package decide

import (
	"context"
	"testing"
	"time"

	"judge/isolate"
	"judge/problems"
)

func TestOnlyBorderlineRunsAreRepeated(t *testing.T) {
	const limit = time.Second
	rows := []struct {
		what  string
		cause isolate.Cause
		cpu   time.Duration
		other float64 // part of the core's time that others had
		want  bool
	}{
		{"far below", isolate.Exited, 790 * time.Millisecond, 0, false},
		{"just below", isolate.Exited, 950 * time.Millisecond, 0, true},
		{"just above", isolate.Exited, 1050 * time.Millisecond, 0, true},
		{"a crash just above", isolate.Signaled, 1150 * time.Millisecond, 0, true},
		{"killed beyond the margin", isolate.CPULimit, 1201 * time.Millisecond, 0, false},
		{"out of memory", isolate.MemoryLimit, time.Second, 0, false},
		{"far below, hardly disturbed", isolate.Exited, 790 * time.Millisecond, 0.1, false},
		{"below, disturbed", isolate.Exited, 510 * time.Millisecond, 0.11, true},
		{"far below, disturbed", isolate.Exited, 490 * time.Millisecond, 0.5, false},
		{"killed beyond the margin, disturbed", isolate.CPULimit, 1201 * time.Millisecond, 0.2, true},
		{"out of memory, disturbed", isolate.MemoryLimit, time.Second, 0.5, false},
	}
	for _, row := range rows {
		facts := ended(row.cause, isolate.Usage{CPU: row.cpu})
		facts.Disturbed = row.other
		if got := Borderline(limit, facts); got != row.want {
			t.Errorf("%s: %v", row.what, got)
		}
	}
	if Borderline(limit, Facts{}) {
		t.Error("a run that was none is doubted")
	}
}

func TestFasterMeasurementCounts(t *testing.T) {
	used := func(cpu time.Duration) Facts { return ended(isolate.Exited, isolate.Usage{CPU: cpu}) }
	stopped := func(cpu time.Duration) Facts { return ended(isolate.CPULimit, isolate.Usage{CPU: cpu}) }
	rows := []struct {
		what         string
		first, again Facts
		want         time.Duration
		rerun        bool
	}{
		{"the second is faster", used(1050), used(990), 990, true},
		{"the first is faster", used(950), used(960), 950, true},
		{"the second never ran", used(950), Facts{}, 950, false},
		{"stopped, and then not", stopped(1200), used(990), 990, true},
		{"near, and then stopped", used(1100), stopped(1001), 1001, true},
		{"stopped both times", stopped(1200), stopped(1001), 1200, false},
	}
	for _, row := range rows {
		got := Faster(row.first, row.again)
		if got.Run.Usage.CPU != row.want || got.Rerun != row.rerun {
			t.Errorf("%s: %v, rerun %v", row.what, got.Run.Usage.CPU, got.Rerun)
		}
	}
}

// TestBorderlineTestIsMeasuredTwiceOrNotAtAll: an interruption between the two measurements leaves it unknown.
func TestBorderlineTestIsMeasuredTwiceOrNotAtAll(t *testing.T) {
	limits := problems.Limits{Time: time.Second}
	run := func(cpu time.Duration) *isolate.Outcome {
		return &isolate.Outcome{Cause: isolate.Exited, Usage: isolate.Usage{CPU: cpu}}
	}
	for what, row := range map[string]struct {
		facts Facts
		want  bool
	}{
		"clearly within the limit":    {Facts{Run: run(100 * time.Millisecond)}, true},
		"near it":                     {Facts{Run: run(950 * time.Millisecond)}, false},
		"near it, and measured again": {Facts{Run: run(950 * time.Millisecond), Rerun: true}, true},
		"without its check":           {Facts{Run: run(100 * time.Millisecond), Err: context.Canceled}, false},
		"not run":                     {Facts{Err: context.Canceled}, false},
	} {
		if got := Whole(limits, row.facts); got != row.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}

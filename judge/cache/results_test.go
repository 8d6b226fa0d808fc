package cache

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"judge/judge/report"
	"judge/problems"
)

// TestTruncatedLineDoesNotAffectOthers: a judge was killed, or the disk was full, while a result was kept.
func TestTruncatedLineDoesNotAffectOthers(t *testing.T) {
	dir := t.TempDir()
	v, err := OpenVerdicts(dir)
	if err != nil {
		t.Fatal(err)
	}
	result := func(name string) report.Test { return report.Test{Name: name, Verdict: problems.AC, CPUSeconds: 0.1} }
	limits := Timing{Time: time.Second, Wall: 3 * time.Second, Margin: time.Second / 5}
	first := v.Open("key")
	first.Keep("one", limits, result("one"))
	first.Keep("two", limits, result("two"))
	first.Close()
	files, err := filepath.Glob(filepath.Join(dir, "verdicts", "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	file := files[0]
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range whole {
		if err := os.WriteFile(file, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		// Two judges at once, and one after them.
		a, b := v.Open("key"), v.Open("key")
		a.Keep("three", limits, result("three"))
		b.Keep("four", limits, result("four"))
		a.Close()
		b.Close()
		after := v.Open("key")
		for _, key := range []string{"three", "four"} {
			if test, ok := after.Find(key, limits); !ok || test.Name != key {
				t.Fatalf("cut to %d bytes: %s is not kept", cut, key)
			}
		}
		for _, key := range []string{"one", "two"} {
			if test, ok := after.Find(key, limits); ok && test.Name != key {
				t.Fatalf("cut to %d bytes: %s is %+v", cut, key, test)
			}
		}
		after.Close()
	}
}

func TestCachedResultsAreReusedWhenValid(t *testing.T) {
	limits := func(s float64) Timing {
		return Timing{Time: seconds(s), Wall: problems.DefaultWall(seconds(s)), Margin: seconds(s) / 5}
	}
	for _, row := range []struct {
		rule     string
		verdict  problems.Verdict
		reason   report.Reason
		cpu      float64
		from, to float64
		want     bool
	}{
		{"the same limits", problems.WA, "", 0.99, 1, 1, true},
		{"a pass is within a longer limit", problems.AC, "", 0.5, 1, 2, true},
		{"and within a shorter one", problems.AC, "", 0.1, 1, 0.5, true},
		{"unless it is near", problems.AC, "", 0.45, 1, 0.5, false},
		{"or above", problems.AC, "", 0.9, 1, 0.5, false},
		{"too slow stays too slow", problems.TLE, "cpu", 1.2, 1, 0.5, true},
		{"unless it may not be", problems.TLE, "cpu", 1.2, 1, 2, false},
		{"who waits may wait longer", problems.TLE, "idle", 0, 1, 2, false},
		{"a crash in time is a crash", problems.RTE, "exit 3", 0.1, 1, 2, true},
	} {
		k := kept{Time: limits(row.from).Time, Wall: limits(row.from).Wall, Test: report.Test{Verdict: row.verdict, Reason: row.reason, CPUSeconds: row.cpu, WallSeconds: row.cpu}}
		if got := k.validFor(limits(row.to)); got != row.want {
			t.Errorf("%s: %v", row.rule, got)
		}
	}
}

package judge

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"judge/judge/report"
	"judge/problems"
)

func TestWhichKeptResultsStand(t *testing.T) {
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
		if got := k.stands(limits(row.to)); got != row.want {
			t.Errorf("%s: %v", row.rule, got)
		}
	}
}

func TestNothingIsRunTwiceThatCannotDiffer(t *testing.T) {
	j := jailed(t)
	dir := t.TempDir()
	var err error
	if j.Verdicts, err = OpenVerdicts(dir); err != nil {
		t.Fatal(err)
	}
	p := problemOf(t, "1\n", "1\n", "2\n", "3\n")
	echo := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), "read x; echo $x")
	cached := func() (n int) {
		t.Helper()
		r := judgeAll(t, j, Request{Problem: p, Submissions: []string{echo}})
		tests := r.Submissions[0].Tests
		if tests[0].Verdict != problems.AC || tests[1].Verdict != problems.WA || tests[1].Difference == nil || tests[1].Name != "b" {
			t.Errorf("%+v", tests)
		}
		for _, test := range tests {
			if test.Cached {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		what   string
		change func()
		want   int
	}{
		{"the first time", func() {}, 0},
		{"the second time", func() {}, 2},
		{"another name of a test's file", func() { p.Tests[0].Input = writeFile(t, filepath.Join(p.Dir, "z.in"), "1\n") }, 2},
		{"another input", func() { writeFile(t, p.Tests[1].Input, "4\n") }, 1},
		{"another time limit", func() { p.Limits = p.Limits.WithTime(3 * time.Second) }, 2},
		{"another memory limit", func() { p.Limits.Memory /= 2 }, 0},
		{"another comparison", func() { p.Checker.CaseSensitive = true }, 0},
		{"another program", func() { writeFile(t, echo, "read x; echo  $x") }, 0},
		{"another machine", func() { j.Machine.Kernel = "another" }, 0},
		{"arguments", func() { p.Tests[0].RunArgs = []string{"a"} }, 1},
		{"a damaged file", func() { damage(t, dir) }, 0},
		{"and what was kept after that", func() {}, 2},
	} {
		step.change()
		if got := cached(); got != step.want {
			t.Errorf("%s: %d of 2 were not run, want %d", step.what, got, step.want)
		}
	}
}

// damage cuts every line short, and adds nonsense.
func damage(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "verdicts", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if err := os.WriteFile(file, []byte("{\"key\": \"\n[]\n\n{}\n\xff\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

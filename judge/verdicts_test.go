package judge

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"judge/judge/cache"
	"judge/problems"
)

func TestUnchangedResultsAreCached(t *testing.T) {
	j := jailed(t)
	dir := t.TempDir()
	var err error
	if j.Verdicts, err = cache.OpenVerdicts(dir); err != nil {
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

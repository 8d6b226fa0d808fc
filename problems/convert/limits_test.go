package convert

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/problems"
	"judge/problems/formats"
)

func TestLimitsSurviveBothFormats(t *testing.T) {
	for _, change := range []func(*problems.Limits){
		func(l *problems.Limits) {},
		func(l *problems.Limits) { l.ReadOnly, l.OutputOfAll = true, true },
		func(l *problems.Limits) { l.OutputOfAll = true },
		func(l *problems.Limits) { l.ReadOnly = true },
		func(l *problems.Limits) { *l = l.WithTime(1500 * time.Millisecond) },
		func(l *problems.Limits) { *l = l.WithTime(300 * time.Millisecond) },
		func(l *problems.Limits) { *l = l.WithTime(1234 * time.Millisecond) },
		func(l *problems.Limits) {
			l.CompilationTime, l.CompilationMemory = 7*time.Second, 512*problems.MiB
			l.ValidationTime, l.ValidationMemory, l.ValidationOutput = 9*time.Second, 300*problems.MiB, 2*problems.MiB
		},
	} {
		before, err := formats.Open("../../examples/aplusb")
		if err != nil {
			t.Fatal(err)
		}
		change(&before.Limits)
		for name, write := range map[string]func(*problems.Problem, string) ([]string, error){"native": Native,
			"ICPC": ICPC} {
			dir := filepath.Join(t.TempDir(), "out")
			lost, err := write(before, dir)
			if err != nil {
				t.Errorf("%s of %+v: %v", name, before.Limits, err)
				continue
			}
			want := before.Limits
			if name == "ICPC" {
				want.OutputOfAll, want.Processes, want.Wall = true, 0, problems.DefaultWall(want.Time)
				if noted := strings.Contains(strings.Join(lost, "\n"), "the limit on stdout"); noted == before.Limits.OutputOfAll {
					t.Errorf("got %q, expected a note on the output limit of %+v", lost, before.Limits)
				}
			}
			after, err := formats.Open(dir)
			if err != nil {
				t.Errorf("%s of %+v: %v", name, before.Limits, err)
			} else if after.Limits != want {
				t.Errorf("%s: %+v\nwant %+v", name, after.Limits, want)
			}
		}
	}
}

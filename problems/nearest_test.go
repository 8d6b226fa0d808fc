package problems

import (
	"slices"
	"strings"
	"testing"
)

func TestNearestWord(t *testing.T) {
	keys := []string{"time_limit", "memory", "output", "processes", "path"}
	for typo, want := range map[string]string{
		"mem0ry": "memory", "memroy": "memory", "MEMORY": "memory", "timelimit": "time_limit", "time-limit": "time_limit",
		"outpt": "output", "proceses": "processes", "pth": "path", "paht": "path",
		"": "", "x": "", "xy": "", "colour": "", "limits": "", strings.Repeat("memory", 100): "",
	} {
		if got := Nearest(typo, keys); got != want {
			t.Errorf("%.20q: %q, want %q", typo, got, want)
		}
	}
}

func FuzzNearest(f *testing.F) {
	f.Add("memroy", "memory", "output")
	f.Fuzz(func(t *testing.T, word, a, b string) {
		got := Nearest(word, []string{a, b})
		if got != "" && !slices.Contains([]string{a, b}, got) {
			t.Errorf("%q is none of %q and %q", got, a, b)
		}
		if distance(word, word) != 0 || distance(word, a) != distance(a, word) {
			t.Errorf("%q and %q: no distance", word, a)
		}
	})
}

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

func TestOnlyNearWordsAreSuggested(t *testing.T) {
	commands := []string{"run", "time", "verify", "show", "convert", "cache", "init", "completion", "man", "jail", "doctor", "languages"}
	flags := []string{"--time-limit", "--wall-time", "--memory", "--processes", "--output", "--json", "--isolation", "--see", "--put", "--help"}
	for _, row := range []struct {
		word string
		from []string
		want string
	}{
		{"rum", commands, "run"}, {"tiem", commands, "time"}, {"verfy", commands, "verify"}, {"lang", commands, "languages"},
		{"sandbox", commands, "jail"}, {"check", commands, "verify"}, {"RUN", commands, "run"},
		{"generate", commands, ""}, {"stress", commands, ""}, {"grade", commands, ""}, {"c", commands, ""}, {"co", commands, ""}, {"con", commands, "convert"},
		{"--quiet", flags, ""}, {"--net", flags, ""}, {"--mem", flags, "--memory"}, {"--timelimit", flags, "--time-limit"},
		{"--walltime", flags, "--wall-time"}, {"--version", flags, ""}, {"--time_limit", flags, "--time-limit"}, {"--jsno", flags, "--json"},
		{"OK", []string{"AC", "WA"}, "AC"}, {"wrong answer", []string{"AC", "WA"}, "WA"}, {"XX", []string{"AC", "WA"}, ""},
	} {
		if got := Nearest(row.word, row.from); got != row.want {
			t.Errorf("%q: got %q, want %q", row.word, got, row.want)
		}
	}
}

func TestNearestFile(t *testing.T) {
	files := []string{"sol.cpp", "1.in", "1.ans", "brute.py"}
	for typo, want := range map[string]string{"sol.cp": "sol.cpp", "soll.cpp": "sol.cpp", "9.in": "", "1.inn": "1.in", "brute.pyy": "brute.py", "x": ""} {
		if got := NearestFile(typo, files); got != want {
			t.Errorf("%q: got %q, want %q", typo, got, want)
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

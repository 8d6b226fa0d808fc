package build

import (
	"testing"

	"judge/judge/languages"
	"judge/problems"
)

func TestSanitizerFaultNamesTheLine(t *testing.T) {
	p := Program{Source: Source{Plan: languages.Plan{Renamed: languages.Renaming{From: "bad.cpp", To: "main.cpp"}}}}
	for _, row := range []struct{ name, stderr, want string }{
		{"nothing", "terminate called\n", ""},
		{"undefined behaviour", "noise\nmain.cpp:4:3: runtime error: signed integer overflow: 1 + 2\n",
			"bad.cpp:4: signed integer overflow: 1 + 2"},
		{"a stack below the library", "==2==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x1\n" +
			"    #0 0x1 in std::vector /usr/include/c++/12/bits/stl_vector.h:55\n" +
			"    #1 0x2 in main /box/work/main.cpp:17:9\n",
			"bad.cpp:17: heap-buffer-overflow"},
		{"no line", "==2==ERROR: AddressSanitizer: stack-overflow on address 0x1\n", "stack-overflow"},
		{"hostile", "main.cpp:1:1: runtime error: \x1b[2J\n", `bad.cpp:1: \x1b[2J`},
	} {
		if got := p.SanitizerFault([]byte(row.stderr)); got != row.want {
			t.Errorf("%s: got %q, expected %q", row.name, got, row.want)
		}
	}
}

func TestSanitizedLimitsAreFourTimesAsLarge(t *testing.T) {
	l := problems.DefaultLimits()
	got := SanitizedLimits(l)
	if got.Time != 4*l.Time || got.Memory != 4*l.Memory+256*problems.MiB || got.Wall < l.Wall+3*l.Time {
		t.Errorf("got %v, %v and %d bytes for %v, %v and %d", got.Time, got.Wall, got.Memory, l.Time, l.Wall, l.Memory)
	}
}

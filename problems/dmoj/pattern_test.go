package dmoj

import (
	"strings"
	"testing"
	"time"
)

// TestPatternsMatchAsInPython: each row is a pattern of Python's, a name, and what the groups batch and case are there
// ("-": none); "": no match.
func TestPatternsMatchAsInPython(t *testing.T) {
	for _, row := range []struct{ pattern, name, want string }{
		{usualInput, "1.in", "- 1"},
		{usualInput, "in1", "- 1"},
		{usualInput, "1.out", ""},
		{usualInput, "problem-1-case-1-batch-2.IN", "1 2"},
		{usualInput, "test-batch-1-case-2.in", "1 2"},
		{usualInput, "d/2.3.in", "2 3"},
		{usualOutput, "out10", "- 10"},
		{`((?P<batch>\w+)\.)?(?P<case>\d+)\.in`, "small.3.in", "small 3"},
		{`(?P<case>\d+)`, "a1", ""},
		{`(?P<case>\d+)`, "1a", "- 1"},
		{`(?P<case>\d+)\Z`, "12", "- 12"},
		{`(?P<batch>\d)(?P<case>\d)(?P=case)`, "122", "1 2"},
		{`(a)(?P<case>\d)(b)\2`, "a1b1", "- 1"},
		{`(a)(?P<case>\d)(b)\3`, "a1bb", "- 1"},
		{`(?P<case>\d{,2})x`, "12x", "- 12"},
		{`[[]]*(?P<case>\d)`, "[1", "- 1"},
		{`[^]\]](?P<case>\d)`, "a1", "- 1"},
		{`[a-z-[aeiou]+(?P<case>\d)`, "-[e1", "- 1"},
		{`(?<!x)(?P<case>\d)`, "1", "- 1"},
		{`(x)?(?P<case>\d)(?(1)y|z)`, "x1y", "- 1"},
		{`(x)?(?P<case>\d)(?(1)y|z)`, "1y", ""},
		{`(?P<case>\d)|(?P<batch>x)`, "x", "x -"},
	} {
		p, err := compilePattern(row.pattern)
		if err != nil {
			t.Errorf("%s: %v", row.pattern, err)
			continue
		}
		m, err := p.match(row.name)
		if err != nil {
			t.Errorf("%s: %v", row.pattern, err)
			continue
		}
		got := ""
		if m != nil {
			words := []string{"-", "-"}
			for i, name := range []string{"batch", "case"} {
				if g := m.GroupByName(name); p.has(name) && len(g.Captures) > 0 {
					words[i] = g.String()
				}
			}
			got = strings.Join(words, " ")
		}
		if got != row.want {
			t.Errorf("%s on %s: %q, want %q", row.pattern, row.name, got, row.want)
		}
	}
	for _, bad := range []string{`(`, `(?<case>1)`, `(?'case'1)`, `(?P<case>1`, `[a`, `\p{L}`, `\k<x>`,
		strings.Repeat("a", mostPattern+1)} {
		if _, err := compilePattern(bad); err == nil {
			t.Errorf("%.40s is read", bad)
		}
	}
}

func TestBacktrackingPatternsEnd(t *testing.T) {
	p, err := compilePattern(`(a+)+(?P<case>\d)`)
	if err != nil {
		t.Fatal(err)
	}
	p.left = 100 * time.Millisecond
	if _, err := p.match(strings.Repeat("a", 100)); err == nil {
		t.Error("it ended by itself")
	}
	if _, err := p.match("aa1"); err == nil {
		t.Error("it goes on after its time")
	}
}

func TestPositionsAreInOrder(t *testing.T) {
	texts := []string{"", "a", "b", "-3", "1", "2", "10", "99999999999999999999"}
	for i := 1; i < len(texts); i++ {
		if positionOf(texts[i-1]).compare(positionOf(texts[i])) >= 0 {
			t.Errorf("%q is not before %q", texts[i-1], texts[i])
		}
	}
	if positionOf("01") != positionOf("1") || positionOf("0") != positionOf("-0") ||
		positionOf("1_0") != positionOf("10") {
		t.Error("numbers are compared by their digits")
	}
}

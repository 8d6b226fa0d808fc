package checkers

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestWhiteDiffRules(t *testing.T) {
	for _, row := range []struct {
		answer, output string
		want           bool
	}{
		{"Hello\nWorld!\n", "Hello\nWorld!\n", true},
		{"Hello\nWorld!\n", "Hello\n\nWorld!\n", false},
		{"Hello\n\nWorld!\n", "Hello\nWorld!\n", false},
		{"Hello\n \t\nWorld!\n", "Hello\n\nWorld!\n", true},
		{"Hello\n", "\nHello\n", false},
		{"a  b\nc\n", "a b\nc", true},
		{"a b\nc\n", " a\tb \r\n\v\fc\n\n \n", true},
		{"a b\nc", "a\nb c", false},
		{"a b", "ab", false},
		{"ab", "a b", false},
		{"a\n\n\n", "a", true},
		{"a", "a\n\nb", false},
		{"a\nb", "a", false},
		{"", " \n\n", true},
		{"", "x", false},
		{"a", "A", false},
		{"1.0", "1", false},
		{"a\x00b", "a\x00b", true},
		{"\xa0", " ", false},
	} {
		if got := accepts(t, WhiteDiff{}, row.answer, row.output); got != row.want {
			t.Errorf("%q, %q: %v, want %v", row.answer, row.output, got, row.want)
		}
	}
	got, err := WhiteDiff{}.Check(strings.NewReader("Hello\nWorld!\n"), strings.NewReader("Hello\n\nWorld!\n"))
	if d := got.Difference; err != nil || d == nil || d.Line != 2 || d.Expected != "World!" || d.Got != "\n" {
		t.Errorf("%+v, %v", got.Difference, err)
	}
}

func TestWhiteDiffOfLongTokensAndLines(t *testing.T) {
	const size = 300_000
	long := strings.Repeat("x", size)
	blank := strings.Repeat(" ", size)
	for _, row := range []struct {
		answer, output string
		want           bool
	}{
		{long + "\n" + long, long + blank + "\n" + blank + long, true},
		{long + "\n" + long, long + "x\n" + long, false},
		{long + "\n" + long, long + "\n" + blank + "\n" + long, false},
		{long, long + strings.Repeat("\n", size), true},
	} {
		got, err := WhiteDiff{}.Check(strings.NewReader(row.answer), strings.NewReader(row.output))
		if err != nil || got.Accepted != row.want {
			t.Errorf("%v, %v, want %v", got.Accepted, err, row.want)
		}
	}
}

// naiveWhiteDiff reads both files into memory, as lists of lines of tokens.
func naiveWhiteDiff(answer, output []byte) bool {
	linesOf := func(text []byte) [][][]byte {
		var all [][][]byte
		for _, line := range bytes.Split(text, []byte("\n")) {
			all = append(all, bytes.FieldsFunc(line, func(r rune) bool { return r < 0x80 && isSpace[byte(r)] == 1 }))
		}
		for len(all) > 0 && len(all[len(all)-1]) == 0 {
			all = all[:len(all)-1]
		}
		return all
	}
	a, o := linesOf(answer), linesOf(output)
	if len(a) != len(o) {
		return false
	}
	for i := range a {
		if !bytes.Equal(bytes.Join(a[i], []byte(" ")), bytes.Join(o[i], []byte(" "))) {
			return false
		}
	}
	return true
}

func FuzzWhiteDiff(f *testing.F) {
	f.Add([]byte("a b\n\nc\n"), []byte("a  b\n\nc"))
	f.Add([]byte("a\n\nb"), []byte("a\nb"))
	f.Add([]byte(" a\r\n"), []byte("a\v\n\n"))
	f.Fuzz(func(t *testing.T, answer, output []byte) {
		want := naiveWhiteDiff(answer, output)
		for name, read := range readings {
			got, err := WhiteDiff{}.Check(read(string(answer)), io.Reader(read(string(output))))
			if err != nil || got.Accepted != want {
				t.Fatalf("%q, %q, read %s: %v, %v, want %v", answer, output, name, got.Accepted, err, want)
			}
		}
	})
}

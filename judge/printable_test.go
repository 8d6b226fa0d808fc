package judge

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPrintableShowsWhatATerminalWouldObey(t *testing.T) {
	rows := []struct{ in, want string }{
		{"plain ä 漢", "plain ä 漢"},
		{"\x1b[31mred", `\x1b[31mred`},
		{"a\nb\tc\r", `a\x0ab\x09c\x0d`},
		{"\xff\xfe", `\xff\xfe`},
		{"\u202eevil", `\u{202e}evil`},
		{"0123456789abc", "0123456789... (cut)"},
	}
	for _, row := range rows {
		most := 100
		if strings.Contains(row.want, "(cut)") {
			most = 10
		}
		if got := printable(row.in, most); got != row.want {
			t.Errorf("%q became %q, want %q", row.in, got, row.want)
		}
	}
	if got := printableLines("a\r\n\tb\x07", 100); got != "a\n\tb\\x07" {
		t.Errorf("lines became %q", got)
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("\x1b]0;title\x07 \xff \u2028", 20)
	f.Fuzz(func(t *testing.T, text string, most int) {
		most &= 0xfff
		for _, got := range []string{printable(text, most), printableLines(text, most)} {
			if !utf8.ValidString(got) || len(got) > most+len("... (cut)") {
				t.Fatalf("%q: not UTF-8, or %d bytes", got, len(got))
			}
			for _, c := range got {
				if !unicode.IsPrint(c) && c != '\n' && c != '\t' {
					t.Fatalf("%q keeps %q", got, c)
				}
			}
		}
	})
}

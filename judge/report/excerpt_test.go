package report

import (
	"strings"
	"testing"
)

func TestHeadIsBounded(t *testing.T) {
	twenty := strings.Repeat("x\n", HeadLines)
	for _, row := range []struct{ what, data, want string }{
		{"empty", "", ""},
		{"short", "1 2\n3", "1 2\n3"},
		{"the lines", twenty + "y\n", twenty},
		{"the bytes", strings.Repeat("a", HeadBytes+1), strings.Repeat("a", HeadBytes)},
		{"a character across the bound", strings.Repeat("a", HeadBytes-1) + "é", strings.Repeat("a", HeadBytes-1)},
		{"a character up to the bound", strings.Repeat("a", HeadBytes-2) + "éé", strings.Repeat("a", HeadBytes-2) + "é"},
		{"bytes that are not UTF-8", "a\xff\xfeb", "a\uFFFDb"},
		{"half a character at the end", "a\xc3", "a\uFFFD"},
		{"line ends stay", "1\r\n2\r\n", "1\r\n2\r\n"},
	} {
		if got := Head([]byte(row.data)); got != row.want {
			t.Errorf("%s: got %.60q (%d bytes), want %.60q (%d bytes)", row.what, got, len(got), row.want, len(row.want))
		}
	}
}

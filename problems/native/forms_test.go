package native

import (
	"regexp"
	"strings"
	"testing"
)

// FuzzForms holds the forms against the same in the language of regular expressions, which takes a millisecond to compile.
func FuzzForms(f *testing.F) {
	rows := []struct {
		form form
		same *regexp.Regexp
	}{
		{fileName, regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$`)},
		{fileStem, regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)},
		{languageID, regexp.MustCompile(`^[a-z][a-z0-9]{0,31}$`)},
	}
	for _, name := range []string{"", "a", "Z", "0", "_", "-", ".", "a.b", "a-b", "a/b", "a b", "ä", "aä", "\xff", "a\xff", "a\n", "\x00",
		strings.Repeat("a", 32), strings.Repeat("a", 33), strings.Repeat("A", 64), strings.Repeat("A", 65), "cpp20", "C", "a_b"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, row := range rows {
			if got, want := row.form.matches(name), row.same.MatchString(name); got != want {
				t.Errorf("%q in the form %v: %v, want %v", name, row.same, got, want)
			}
		}
	})
}

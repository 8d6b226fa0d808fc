package repository

import "testing"

// TestIgnoreRulesAreGits: the expected values are those of git check-ignore, on these very files and paths.
func TestIgnoreRulesAreGits(t *testing.T) {
	for _, test := range []struct {
		file, path string
		dir, want  bool
	}{
		{"build", "build", true, true},
		{"build", "a/b/build", true, true},
		{"build", "a/build", false, true},
		{"build", "builds", true, false},
		{"build/", "a/build", true, true},
		{"build/", "a/build", false, false},
		{"/build", "build", true, true},
		{"/build", "a/build", true, false},
		{"a/build", "a/build", true, true},
		{"a/build", "b/a/build", true, false},
		{"a/build/", "a/build", true, true},
		{"*.tmp", "a/x.tmp", true, true},
		{"a/*", "a/b", true, true},
		{"a/*", "a", true, false},
		{"**/old", "old", true, true},
		{"**/old", "a/b/old", true, true},
		{"a/**", "a", true, false},
		{"a/**", "a/b/c", true, true},
		{"a/**/c", "a/c", true, true},
		{"a/**/c", "a/x/y/c", true, true},
		{"a**c", "abc", true, true},
		{"a**/c", "ab/c", true, true},
		{"x?y", "x/y", true, false},
		{"x[ab]y", "xay", true, true},
		{"x[!ab]y", "xay", true, false},
		{"x[!ab]y", "xcy", true, true},
		{"{a,b}", "a", true, false},
		{"{a,b}", "{a,b}", true, true},
		{`\{a`, "{a", true, true},
		{"# a comment\n\na", "# a comment", true, false},
		{`\#a`, "#a", true, true},
		{`\!a`, "!a", true, true},
		{"a ", "a", true, true},
		{`a\ `, "a ", true, true},
		{"a\r\nb", "a", true, true},
		{"[", "[", true, false},
		{`a\`, "a", true, false},
		{"*\n!keep", "keep", true, false},
		{"*\n!keep", "other", true, true},
		{"!keep\n*", "keep", true, true},
		{"p*\n!p1/\np1", "p1", true, true},
		{"/", "a", true, false},
		{"\ufeffa", "a", true, true},
	} {
		by := decide(parseRules([]byte(test.file)), test.path, test.dir)
		if got := by != nil && !by.include; got != test.want {
			t.Errorf("%q, %q (directory: %v): got %v, expected %v", test.file, test.path, test.dir, got, test.want)
		}
	}
}

package verify

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

func TestBlankFilesOfAProblemMakeNothingWellFormed(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"no file", nil, "accepts malformed input (an empty file)"},
		{"numbers", []string{"1 2\n", "3\n"}, "accepts malformed input (an empty file)"},
		{"an empty file", []string{""}, ""},
		{"one of several", []string{"1\n", "\r\n"}, ""},
		{"too long to be no file", []string{strings.Repeat("\n", 1000)}, "accepts malformed input (an empty file)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var paths []string
			dir := t.TempDir()
			for i, data := range test.files {
				paths = append(paths, filepath.Join(dir, string(rune('a'+i))))
				if err := os.WriteFile(paths[i], []byte(data), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			probed := malformed(paths...)
			var accepted []string
			for _, m := range probed {
				if m.data == "" {
					accepted = append(accepted, m.name)
				}
			}
			if got := accepting(nil, accepted, probed, "input"); got != test.want {
				t.Errorf("got %q, expected %q", got, test.want)
			}
		})
	}
}

func TestAcceptingAllMalformedDataIsReported(t *testing.T) {
	blank := filepath.Join(t.TempDir(), "blank")
	if err := os.WriteFile(blank, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := "accepts any input (binary data, words)"
	if got := accepting(nil, []string{"binary data", "words"}, malformed(blank), "input"); got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}

func TestSeveralValidatorsAreAllNamed(t *testing.T) {
	all := []problems.Validator{{Path: "/p/input_validators/a.py"}, {Path: "/p/input_validators/b.py"}}
	probed := []malformedData{{"words", "x"}}
	want := "validators a.py, b.py accept any input (words)"
	if got := accepting(validatorNames(all, problems.TestCase{}), []string{"words"}, probed, "input"); got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
	want = "accepts any input (words)"
	if got := accepting(validatorNames(all[:1], problems.TestCase{}), []string{"words"}, probed, "input"); got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}

package formats

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

func TestADirectoryStandsForItsSpec(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"problem.yaml": "name: P\ntests: a.in\n", "a.in": "", "a.ans": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "problem.yaml")} {
		if p, err := Open(path); err != nil || p.Name != "P" || len(p.Tests) != 1 {
			t.Errorf("%s: %+v, %v", path, p, err)
		}
	}
}

func TestWhatIsNoProblemIsSaidSo(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "solution.cpp")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:                             "no problem in this directory",
		file:                            "not a problem",
		filepath.Join(dir, "none.yaml"): "no such problem",
	} {
		p, err := Open(path)
		var fault *problems.Error
		if !errors.As(err, &fault) || !strings.Contains(fault.Msg, want) {
			t.Errorf("%s: %+v, %v; want %q", path, p, err, want)
		}
	}
}

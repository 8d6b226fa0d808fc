package languages

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestLinksOfAProblemsProgramsAreFollowed(t *testing.T) {
	top := tree(t, "p/v/main.cpp", "m", "p/shared/h.h", "h", "common/c.h", "c", "p/w/a.cpp", "a", ".git/config", "token")
	problem := filepath.Join(top, "p")
	for name, target := range map[string]string{
		"p/v/h.h": "../shared/h.h", "p/v/c.h": "../../common/c.h", "p/v/sub": "../shared", "p/w/c.hpp": "../../common/c.h", "p/bad/x": "../../.git/config",
		"p/far/x": "/etc/passwd",
	} {
		dir := filepath.Dir(filepath.Join(top, name))
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.Symlink(target, filepath.Join(top, name))); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) (Sources, error) {
		path := filepath.Join(problem, name)
		return ReadProgram(Package{Dir: problem}, path, path, 100)
	}
	s, err := read("v")
	if err != nil || len(s.Files) != 4 || !s.Directory {
		t.Errorf("got %v, %v, expected four files", s.Files, err)
	}
	if s, err = ReadSources(filepath.Join(problem, "v"), 100); err == nil {
		t.Errorf("got %v, expected that links of a submission elsewhere are not followed", s.Files)
	}
	for _, name := range []string{"bad", "far"} {
		if s, err = read(name); err == nil {
			t.Errorf("%s: got %v, expected an error about the link", name, s.Files)
		}
	}
	headers, err := ReadHeaders(problem, filepath.Join(problem, "w", "a.cpp"), 100)
	if err != nil || len(headers) != 1 || headers[0].Name != "c.hpp" || string(headers[0].Data) != "c" {
		t.Errorf("got %v, %v, expected the header behind the link", headers, err)
	}
}

// TestModesCountNextToScriptsOnly: a mode on the host changes nothing for a program that compilers and interpreters take.
func TestModesCountNextToScriptsOnly(t *testing.T) {
	top := tree(t, "scripted/run", "r", "scripted/part.py", "p", "plain/main.py", "m", "plain/part.py", "p", "one.py", "o")
	for _, row := range []struct {
		path string
		want bool
	}{{"scripted", true}, {"plain", false}, {"one.py", false}} {
		path := filepath.Join(top, row.path)
		for _, file := range []string{"scripted/part.py", "plain/part.py", "one.py"} {
			if err := os.Chmod(filepath.Join(top, file), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		s, err := ReadSources(path, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range s.Files {
			if want := row.want && f.Name == "part.py"; f.Executable != want {
				t.Errorf("%s/%s: got executable %v, expected %v", row.path, f.Name, f.Executable, want)
			}
		}
	}
}

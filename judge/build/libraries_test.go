package build

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/judge/languages"
	"judge/problems"
)

// repositoryOf creates a git repository of some files and returns its directory.
func repositoryOf(t *testing.T, files map[string]string) string {
	t.Helper()
	top := t.TempDir()
	for name, content := range files {
		full := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return top
}

// TestHeadersAreFoundInTheProblemAndItsRepository: the nearest one counts, and nothing above the repository.
func TestHeadersAreFoundInTheProblemAndItsRepository(t *testing.T) {
	const source = "#include \"testlib.h\"\n"
	for _, c := range []struct {
		name     string
		files    map[string]string
		source   string
		expected []string
	}{
		{"in the problem", map[string]string{"p/files/testlib.h": "files", "p/check/a.cpp": ""}, source,
			[]string{"testlib.h files"}},
		{"at its top first", map[string]string{"p/files/testlib.h": "files", "p/testlib.h": "top"}, source,
			[]string{"testlib.h top"}},
		{"angle brackets", map[string]string{"p/include/testlib.h": "include"}, "# include <testlib.h>\n",
			[]string{"testlib.h include"}},
		{"in the repository", map[string]string{".git/HEAD": "", "lib/testlib.h": "lib"}, source,
			[]string{"testlib.h lib"}},
		{"nearest", map[string]string{".git/HEAD": "", "testlib.h": "far", "round/testlib.h": "near"}, source,
			[]string{"testlib.h near"}},
		{"no repository", map[string]string{"testlib.h": "far"}, source, nil},
		{"outside of the repository", map[string]string{"testlib.h": "far", "round/.git/HEAD": ""}, source, nil},
		{"through each other", map[string]string{".git/HEAD": "", "lib/gen.h": source, "testlib.h": "top"},
			"#include \"gen.h\"\n", []string{"gen.h " + source, "testlib.h top"}},
		{"a path", map[string]string{"p/files/x/y.h": "", "p/x/y.h": ""}, "#include \"x/y.h\"\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, content := range map[string]string{"round/p/check/a.cpp": c.source} {
				c.files[name] = content
			}
			files := map[string]string{}
			for name, content := range c.files {
				if strings.HasPrefix(name, "p/") {
					name = "round/" + name
				}
				files[name] = content
			}
			top := repositoryOf(t, files)
			p := &problems.Problem{Dir: filepath.Join(top, "round", "p")}
			main := languages.File{Name: "a.cpp", Data: []byte(c.source)}
			found, err := withHeaders(p, languages.Sources{
				Path: filepath.Join(p.Dir, "check", "a.cpp"), Files: []languages.File{main},
			})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found.Files[1:] {
				got = append(got, f.Name+" "+string(f.Data))
			}
			if !slices.Equal(got, c.expected) {
				t.Errorf("expected %q, got %q", c.expected, got)
			}
		})
	}
}

func TestModulesNextToAPythonProgramAreFound(t *testing.T) {
	dir := repositoryOf(t, map[string]string{
		"gen/limits.py": "from .shapes import *\nMAX = 1\n", "gen/shapes.py": "import gen\n", "gen/other.py": "print 1\n",
		"gen/a.h": "",
	})
	source := "import os, limits as l\nfrom random import *\nfrom sys import argv\n"
	path := filepath.Join(dir, "gen", "gen.py")
	if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	found, err := withHeaders(&problems.Problem{Dir: dir}, languages.Sources{
		Path: path, Files: []languages.File{{Name: "gen.py", Data: []byte(source)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found.Files {
		got = append(got, f.Name)
	}
	if expected := []string{"gen.py", "a.h", "limits.py"}; !slices.Equal(got, expected) || found.Start != "gen.py" {
		t.Errorf("expected %q, got %q from %q", expected, got, found.Start)
	}
}

func TestProgramsInPython2AreNamed(t *testing.T) {
	err := DoesNotCompile(&problems.Problem{}, Program{
		Source: Source{Path: "gen.py", Plan: languages.Plan{Files: []languages.File{
			{Name: "limits.py"}, {Name: "gen.py", Data: []byte("#!/usr/bin/env pypy\nprint 1\n")},
		}}},
	})
	const expected = "gen.py: problem program is in Python 2: only Python 3 is supported\nhint: port it to Python 3"
	if err.Error() != expected {
		t.Errorf("expected %q, got %q", expected, err)
	}
}

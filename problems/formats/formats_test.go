package formats

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// tree creates a directory of files. A name that ends in / is a directory.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, name)
		parent := filepath.Dir(full)
		if strings.HasSuffix(name, "/") {
			parent = full
		}
		err := os.MkdirAll(parent, 0o755)
		if err == nil && parent != full {
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const spec = "name: P\ntests: a.in\n"

func TestDirectoriesOpenTheirSpec(t *testing.T) {
	dir := tree(t, map[string]string{"problem.yaml": spec, "other.yml": spec, "a.in": "", "a.ans": ""})
	for _, path := range []string{dir, dir + "/", filepath.Join(dir, "problem.yaml"), filepath.Join(dir, "other.yml")} {
		p, err := Open(path)
		if err != nil || p.Name != "P" || len(p.Tests) != 1 || p.Path != path {
			t.Errorf("%s: %+v, %v", path, p, err)
		}
	}
	t.Chdir(dir)
	for _, path := range []string{".", "problem.yaml"} {
		p, err := Open(path)
		if err != nil || !filepath.IsAbs(p.Dir) || !filepath.IsAbs(p.Tests[0].Input) || p.Path != path {
			t.Errorf("%s: %+v, %v", path, p, err)
		}
	}
}

func TestLinksToProblemsAreOpened(t *testing.T) {
	dir := tree(t, map[string]string{"p/problem.yaml": spec, "p/a.in": "", "p/a.ans": ""})
	link := filepath.Join(dir, "link")
	if err := os.Symlink("p", link); err != nil {
		t.Fatal(err)
	}
	if p, err := Open(link); err != nil || p.Path != link || filepath.Base(p.Dir) != "p" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestPathsWithoutProblemsAreErrors(t *testing.T) {
	dir := tree(t, map[string]string{
		"solution.cpp": "", "empty/": "", "many/x/problem.yaml": spec, "yml/problem.yml": spec, "odd/problem.yaml/": "", "bad.yaml": "a",
		"[x]/y/problem.yaml": spec,
	})
	for path, want := range map[string]string{
		"none.yaml":      ": no such problem\nhint: name a problem.yaml, problem.xml, problem.json, task.yaml, info.toml, config.yml or init.yml, its directory, or a zip archive of it",
		"solution.cpp":   ": not a problem\nhint: name a problem.yaml",
		"solution.cpp/x": ": not a directory",
		"empty":          ": no problem.yaml, problem.xml, problem.json, task.yaml, info.toml, config.yml or init.yml in this directory\nhint: name a problem.yaml, ",
		"many":           `many/x"`,
		"[x]":            `[x]/y"`,
		"yml":            "hint: rename problem.yml to problem.yaml",
		"odd":            "hint: problem.yaml must be a regular file",
		"bad.yaml":       ":1:1: expected a mapping",
	} {
		path = filepath.Join(dir, path)
		p, err := Open(path)
		if _, ok := errors.AsType[*problems.Error](err); !ok {
			t.Errorf("%s: %+v, %v", path, p, err)
			continue
		}
		if !strings.HasPrefix(err.Error(), path+":") || !strings.Contains(err.Error(), want) {
			t.Errorf("got %s\nwant %s", err, want)
		}
	}
	if _, err := Open(""); err == nil || !strings.HasPrefix(err.Error(), `"": no such problem`) {
		t.Errorf("no path at all: %v", err)
	}
}

// TestHintOnArchivesNamesTheirProblems, not the directory of the unpacked files.
func TestHintOnArchivesNamesTheirProblems(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "two.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	for _, name := range []string{"a/problem.yaml", "b/problem.yaml"} {
		if _, err := archive.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = Open(path)
	fault, ok := errors.AsType[*problems.Error](err)
	if want := `archive one of the problems in it, such as "a"`; !ok || !strings.HasSuffix(fault.Hint, want) {
		t.Errorf("%v, want the hint %s", err, want)
	}
}

func TestMemoryLimitsInOtherUnitsAreNoted(t *testing.T) {
	for _, row := range []struct{ yaml, note string }{
		{"limits: {memory: 262144}\n", "the memory limit is 256 GiB\nhint: did you mean 256 MiB, which is 262144 KiB?"},
		{"limits: {memory: 65536}\n", ""},
	} {
		dir := tree(t, map[string]string{"problem.yaml": spec + row.yaml, "a.in": "", "a.ans": ""})
		p, err := Open(dir)
		if err != nil {
			t.Error(err)
			continue
		}
		got := ""
		for _, r := range p.Remarks {
			got += strings.TrimPrefix(r.Error(), filepath.Join(dir, "problem.yaml")+": ")
		}
		if got != row.note {
			t.Errorf("%s: got %q, expected %q", row.yaml, got, row.note)
		}
	}
}

func TestPackagesWithoutProblemYAMLAreErrors(t *testing.T) {
	for _, row := range []struct {
		file string
		lost bool
	}{
		{"submissions/accepted/a.py", true}, {"output_validators/v.py", true}, {"problem_statement/problem.tex", true},
		{"notes/a.txt", false},
	} {
		dir := tree(t, map[string]string{"data/secret/1.in": "", "data/secret/1.ans": "", row.file: ""})
		_, err := Open(dir)
		if err == nil || strings.Contains(err.Error(), "looks like an ICPC package, but has no problem.yaml") != row.lost {
			t.Errorf("%s: got %v", row.file, err)
		}
		if look := LookAt(dir, list(dir)); (look.Kind == Layout) != row.lost {
			t.Errorf("%s: got %+v", row.file, look)
		}
	}
}

package targets

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/judge/languages"
	"judge/problems"
)

// planted creates files with a line of text each.
func planted(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("text\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDirectoriesAreExpanded(t *testing.T) {
	table, err := languages.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		what   string
		files  []string
		listed []string
		argue  string
		want   []string
		notes  int
	}{
		{"a mixed directory", []string{"s/a.cpp", "s/b.py", "s/10.c", "s/2.c"}, nil, "s", []string{"s/2.c", "s/10.c", "s/a.cpp", "s/b.py"}, 0},
		{"folders and files", []string{"s/one/x.cpp", "s/one/y.cpp", "s/z.py"}, nil, "s", []string{"s/one", "s/z.py"}, 0},
		{"an entry point", []string{"s/main.cpp", "s/other.cpp"}, nil, "s", []string{"s"}, 0},
		{"a class with main", []string{"s/Main.java", "s/Other.java"}, nil, "s", []string{"s"}, 0},
		{"a build script", []string{"s/build", "s/x.ml"}, nil, "s", []string{"s"}, 0},
		{"a listed directory", []string{"s/a.cpp", "s/b.cpp"}, []string{"s"}, "s", []string{"s"}, 0},
		{"folders by verdict", []string{"s/accepted/a.cpp", "s/accepted/two/x.py", "s/wrong/b.cpp"},
			[]string{"s/accepted/a.cpp", "s/accepted/two", "s/wrong/b.cpp"}, "s",
			[]string{"s/accepted/a.cpp", "s/accepted/two", "s/wrong/b.cpp"}, 0},
		{"files that are no programs", []string{"s/a.cpp", "s/README.md", "s/.git", "s/notes.yaml"}, nil, "s", []string{"s/a.cpp"}, 2},
		{"nothing but such files", []string{"s/README.md"}, nil, "s", []string{"s"}, 1},
		{"a file", []string{"a.unknown"}, nil, "a.unknown", []string{"a.unknown"}, 0},
	} {
		dir := planted(t, row.files...)
		p := &problems.Problem{Dir: dir, Limits: problems.Limits{Code: problems.MiB}}
		for _, name := range row.listed {
			p.Submissions = append(p.Submissions, problems.Submission{Path: filepath.Join(dir, name), Listed: name})
		}
		got, err := Expand(p, table, []string{filepath.Join(dir, row.argue)})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, path := range got.Paths {
			names = append(names, strings.TrimPrefix(path, dir+"/"))
		}
		if !slices.Equal(names, row.want) || len(got.Notes) != row.notes {
			t.Errorf("%s: got %q and %q, want %q and %d notes", row.what, names, got.Notes, row.want, row.notes)
		}
	}
}

func TestAllSubmissionsOfAProblem(t *testing.T) {
	dir := planted(t, "problem.yaml", "submissions/a.cpp")
	p := &problems.Problem{Submissions: []problems.Submission{{Path: "/real/a.cpp", Listed: "submissions/a.cpp"}},
		Foreign: []problems.Foreign{{Submission: problems.Submission{Listed: "submissions/b.apl"}, Language: "APL"}}}
	for _, at := range []string{dir, filepath.Join(dir, "problem.yaml")} {
		got := All(p, at)
		shown := filepath.Join(dir, "submissions/a.cpp")
		if !slices.Equal(got.Paths, []string{"/real/a.cpp"}) || !slices.Equal(got.Names, []string{shown}) || len(got.Notes) != 1 {
			t.Errorf("%s: got %+v", at, got)
		}
	}
}

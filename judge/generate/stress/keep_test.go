package stress

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"judge/problems"
)

// problemIn writes the files of a problem with a native spec.
func problemIn(t *testing.T, files map[string]string) *problems.Problem {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644))
		if err != nil {
			t.Fatal(err)
		}
	}
	return &problems.Problem{Dir: dir, Path: dir, Format: "native"}
}

func TestKeepWritesWhereTheSpecLooks(t *testing.T) {
	for _, row := range []struct {
		name, spec, script string
		edited             bool
		want               map[string]string // nil: an error
	}{
		{"a glob", "tests: tests/*.in\n", "", true, map[string]string{"tests/new.in": "5\n", "tests/new.ans": "6\n"}},
		{"several globs", "tests: [a.in, tests/x-*.txt]\n", "", false,
			map[string]string{"tests/x-new.txt": "5\n", "tests/x-new.ans": "6\n"}},
		{"a script", "generate: tests.txt\n", "a  gen 1", false,
			map[string]string{"tests.txt": "a  gen 1\nnew  generators/gen.py 3 77\n"}},
		{"a script cannot hold an edited input", "generate: tests.txt\n", "a  gen 1\n", true, nil},
		{"a list", "generate:\n  - {name: a, run: gen 1}\nname: x\n", "", false, map[string]string{
			"problem.yaml": "generate:\n  - {name: a, run: gen 1}\n" +
				"  - {name: \"new\", run: \"generators/gen.py 3 77\"}\nname: x\n"}},
		{"a text in a list", "generate:\n- {name: a, run: gen 1}\n", "", true, map[string]string{
			"problem.yaml": "generate:\n- {name: a, run: gen 1}\n- {name: \"new\", text: \"5\\n\"}\n"}},
		{"a list on one line", "generate: [{name: a, run: gen 1}]\n", "", false, nil},
		{"no place", "name: x\n", "", false, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := map[string]string{"problem.yaml": row.spec, "tests/1.in": "1\n"}
			if row.script != "" {
				files["tests.txt"] = row.script
			}
			p := problemIn(t, files)
			k, err := NewKeeper(p, "new")
			if err == nil {
				of := &problems.Recipe{
					Program: &problems.External{Path: filepath.Join(p.Dir, "generators", "gen.py")},
					Args:    []string{"3", "77"},
				}
				_, err = k.Keep(&Found{Recipe: of, Input: []byte("5\n"), Answer: []byte("6\n"), Edited: row.edited})
			}
			if (err != nil) != (row.want == nil) {
				t.Fatalf("got error %v, expected one: %v", err, row.want == nil)
			}
			for name, want := range row.want {
				if got, _ := os.ReadFile(filepath.Join(p.Dir, name)); string(got) != want {
					t.Errorf("%s: got %q, expected %q", name, got, want)
				}
			}
		})
	}
}

func TestKeepOverwritesNothing(t *testing.T) {
	p := problemIn(t, map[string]string{
		"problem.yaml": "tests: tests/*.in\n", "tests/1.in": "1\n", "tests/new.in": "mine\n",
	})
	k, err := NewKeeper(p, "new")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Keep(&Found{Input: []byte("5\n")}); !errors.Is(err, os.ErrExist) {
		t.Errorf("got error %v, expected that the file exists", err)
	}
	if _, err := NewKeeper(p, "../x"); err == nil {
		t.Error("got no error for a name that is a path")
	}
	p.Format = "ICPC 2025-09"
	if _, err := NewKeeper(p, "other"); err == nil {
		t.Error("got no error for a package that is no native spec")
	}
}

func TestSizesGrowAndBeginAgain(t *testing.T) {
	if share(0) != 0 || share(127) != 1 || share(128) != 0 {
		t.Errorf("got %v, %v and %v, expected 0, 1 and 0", share(0), share(127), share(128))
	}
	for i := range int64(127) {
		if share(i) > share(i+1) {
			t.Errorf("draw %d: got %v and then %v, expected growth", i, share(i), share(i+1))
		}
	}
}

package formats

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/lfs"
)

const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" +
	"4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"

func TestPointersOfGitLFSAreOneError(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	legacy := map[string]string{
		"problem.yaml": "name: P\nvalidation: custom\n", "data/secret/1.in": "1\n", "data/secret/1.ans": "1\n", "data/secret/3.in": "1\n", "data/secret/3.ans": "1\n",
		"submissions/accepted/a.py": "", "submissions/accepted/b/main.py": "", "input_validators/v.py": "", "output_validators/v.py": "",
		"problem_statement/problem.pdf": pointer,
	}
	native := map[string]string{"problem.yaml": "name: P\ntests: '*.in'\nchecker: {program: c.py, protocol: icpc}\n", "1.in": "", "1.ans": "", "c.py": ""}
	dmoj := map[string]string{"init.yml": "archive: data.zip\ntest_cases:\n- {points: 1, in: 1.in, out: 1.out}\n"}
	italian := map[string]string{"task.yaml": "name: p\ntitle: P\n", "input/input0.txt": "", "output/output0.txt": ""}
	for _, row := range []struct {
		files    map[string]string
		pointers string
		want     string // "": the problem is whole
	}{
		{legacy, "", ""},
		{legacy, "data/secret/3.in data/secret/3.ans", "/data/secret/3.in: 3.in and 1 more are Git LFS pointers: expected the files themselves"},
		{legacy, "data/secret/3.ans", "/data/secret/3.ans: 3.ans is a Git LFS pointer: expected the file itself"},
		{legacy, "submissions/accepted/a.py", "/submissions/accepted/a.py: a.py is a"},
		{legacy, "submissions/accepted/b/main.py", "/submissions/accepted/b/main.py: main.py is a"},
		{legacy, "input_validators/v.py", "/input_validators/v.py: v.py is a"},
		{legacy, "output_validators/v.py data/secret/1.in", "/data/secret/1.in: 1.in and 1 more are"},
		{legacy, "problem.yaml", "/problem.yaml: a Git LFS pointer: expected the file itself"},
		{legacy, "data/secret/testdata.yaml", "/data/secret/testdata.yaml: a Git LFS pointer"},
		{legacy, "domjudge-problem.ini", "/domjudge-problem.ini: a Git LFS pointer"},
		{legacy, ".timelimit", "/.timelimit: a Git LFS pointer"},
		{italian, "gen/GEN", "/gen/GEN: a Git LFS pointer"},
		{map[string]string{}, "problem.xml", "/problem.xml: a Git LFS pointer"},
		{native, "1.in c.py", "/1.in: 1.in and 1 more are"},
		{native, "c.py", "/c.py: c.py is a"},
		{native, "problem.yaml", "/problem.yaml: a Git LFS pointer"},
		{dmoj, "data.zip", "/data.zip: a Git LFS pointer"},
		{dmoj, "init.yml data.zip", "/init.yml: a Git LFS pointer"},
		{italian, "output/output0.txt", "/output/output0.txt: output0.txt is a"},
		{italian, "task.yaml", "/task.yaml: a Git LFS pointer"},
		{map[string]string{"tests/1.in": ""}, "problem.xml", "/problem.xml: a Git LFS pointer"},
	} {
		files := map[string]string{}
		for name, content := range row.files {
			files[name] = content
		}
		for _, name := range strings.Fields(row.pointers) {
			files[name] = pointer
		}
		dir := tree(t, files)
		checkPointerError(t, dir, row.want)
	}
}

func checkPointerError(t *testing.T, path, want string) {
	t.Helper()
	p, err := Open(path)
	if want == "" {
		if err != nil {
			t.Errorf("got %v, expected no error", err)
		} else {
			p.Close()
		}
		return
	}
	fault, ok := errors.AsType[*problems.Error](err)
	if !ok || !strings.HasPrefix(fault.Error(), path+want) || fault.Hint != lfs.Hint {
		t.Errorf("got %v, expected %s%s", err, path, want)
	}
}

func TestPointersOfGitLFSInAndForArchives(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := tree(t, map[string]string{"bad.zip": pointer})
	checkPointerError(t, filepath.Join(dir, "bad.zip"), ": a Git LFS pointer: expected the file itself")
	path := filepath.Join(dir, "good.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	for name, content := range map[string]string{"p/problem.yaml": spec, "p/a.in": pointer, "p/a.ans": ""} {
		w, err := archive.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	checkPointerError(t, path, "/a.in: a.in is a Git LFS pointer")
}

// TestPointersElsewhereInTheRepositoryAreNamedByTheirLinks, as users know the test, not its target.
func TestPointersElsewhereInTheRepositoryAreNamedByTheirLinks(t *testing.T) {
	root := tree(t, map[string]string{
		".git/HEAD": "", "big.in": pointer, "p/problem.yaml": "name: P\n", "p/data/secret/1.ans": "", "p/submissions/accepted/a.py": "",
	})
	if err := os.Symlink("../../../big.in", filepath.Join(root, "p/data/secret/1.in")); err != nil {
		t.Fatal(err)
	}
	checkPointerError(t, filepath.Join(root, "p"), "/data/secret/1.in: ")
}

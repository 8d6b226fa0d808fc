package repository

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree makes a directory of these files, and of a small problem for each name that ends in /problem.yaml and has no
// content of its own.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	write := func(name, content string) {
		full := filepath.Join(root, name)
		err := os.MkdirAll(filepath.Dir(full), 0o755)
		if err == nil {
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		if content == "" && filepath.Base(name) == "problem.yaml" {
			content = "name: P\ntests: 1.in\n"
			write(filepath.Join(filepath.Dir(name), "1.in"), "1\n")
			write(filepath.Join(filepath.Dir(name), "1.ans"), "1\n")
		}
		write(name, content)
	}
	return root
}

// find searches "." in a tree, and returns what was found, failed and omitted in words.
func find(t *testing.T, root string, search Search) []string {
	t.Helper()
	t.Chdir(root)
	found, err := search.Find(t.Context(), []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, path := range found.Paths {
		if err := found.Failed[path]; err != nil {
			path += " error: " + err.Error()
		}
		all = append(all, path)
	}
	for _, o := range found.Omitted {
		kind := "note"
		if o.Warning {
			kind = "warning"
		}
		all = append(all, fmt.Sprintf("%s %s: %s", kind, o.Path, o.Reason))
	}
	for _, pattern := range found.Unused {
		all = append(all, "unused "+pattern)
	}
	return all
}

const foreign = "name: My contest\n"

func TestEveryPlaceIsFoundOrNamed(t *testing.T) {
	for name, test := range map[string]struct {
		files   map[string]string
		exclude []string
		want    []string // each the beginning of one
	}{
		"a foreign file at the root": {map[string]string{
			"problem.yaml": foreign, "x/problem.yaml": "", "y/problem.yaml": "",
		}, nil, []string{
			"x", "y",
			"warning .: looks like a problem: it has problem.yaml, but no tests, submissions or data: line 1: the key",
		}},
		"a foreign file, and nothing else": {map[string]string{"problem.yaml": foreign}, nil,
			[]string{". error: problem.yaml:1"}},
		"a template": {map[string]string{"x/problem.yaml": "", "t/problem.yaml": "name: {{name}}\n"}, nil,
			[]string{"x", "warning t: looks like"}},
		"foreign files of other names": {map[string]string{
			"x/problem.yaml": "", "a/problem.xml": "<problem/>", "b/init.yml": "- a\n", "c/task.yaml": "a: b\n",
			"d/problem.json": "{}", "e/config.yml": "", "f/info.toml": "",
		}, nil,
			[]string{"x", "warning a: ", "warning b: ", "warning c: ", "warning d: "}},
		"a problem that cannot be read": {map[string]string{
			"x/problem.yaml": foreign, "x/data/secret/1.txt": "", "x/below/problem.yaml": "",
		}, nil,
			[]string{"x error: x/", "x/below"}},
		"tests beside a wrong spec": {map[string]string{"x/problem.yaml": "nmae: X\n", "x/1.in": ""}, nil,
			[]string{"x error: x/problem.yaml:1:1: unknown key"}},
		"formats that are not read": {map[string]string{
			"a/problem.rbx.yml": "", "b/config.yml": "", "b/prog/a.cpp": "", "c/info.toml": "", "c/gen/a.cpp": "",
			"d/problem.json": "{}", "d/subtasks.json": "{}", "e/task.yaml": "", "e/gen/GEN": "", "f/task.yaml": "",
			"f/sol/a.cpp": "", "g/problem.yml": foreign, "g/data/secret/1.in": "",
		}, nil, []string{
			"a error: a: a problem in the format of rbx", "b error: b/in: no tests, and no generator",
			`c error: c/info.toml: the key "timelimit" is missing`,
			"d error: d/tests: missing directory in the source of a TPS task",
			"e error: e/input: no tests",
			"f error: f/input: missing directory in a task of the Italian format", "g error: g: no problem.yaml",
		}},
		"a package without tests": {map[string]string{
			"x/problem.yaml": foreign, "x/submissions/accepted/a.py": "", "y/problem.yaml": foreign,
			"y/generators/generators.yaml": "",
		}, nil, []string{
			"x error: x/problem.yaml: an ICPC package without tests",
			"y error: y/data: no test cases in this package (ICPC legacy)",
		}},
		"a layout that no format has": {map[string]string{
			"x/problem.yaml": "", "a/input/input1.txt": "", "a/output/output1.txt": "", "a/solutions/s.py": "",
			"b/data/secret/1.in": "", "b/submissions/accepted/s.py": "", "c/tests/1.in": "", "c/tests/1.out": "",
			"c/s.cpp": "", "d/1.in": "", "d/1.ans": "", "d/s.py": "", "e/data/in.txt": "", "e/s.py": "",
			"f/tests/1.in": "", "f/tests/1.out": "", "g/input/1.txt": "", "g/solutions/s.py": "",
		}, nil, []string{
			"x",
			"warning a: looks like a problem: it has tests (input and output) and programs (solutions), but no file " +
				"that describes it",
			"warning b: looks like an ICPC package, but has no problem.yaml",
			"warning c: looks like a problem: it has tests (tests) and programs (sources)",
			"warning d: looks like a problem: it has tests (files) and programs (sources)",
		}},
		"a layout around problems": {map[string]string{
			"x/problem.yaml": "", "tests/1.in": "", "tests/1.out": "", "setup.py": "",
		}, nil,
			[]string{"x"}},
		"a layout around another": {map[string]string{
			"a/sol/s.py": "", "a/tests/1.in": "", "a/tests/1.out": "", "a/tests/make.py": "",
		}, nil,
			[]string{"warning a/tests: looks like a problem"}},
		"a part of a problem that cannot be read": {map[string]string{
			"a/init.yml": "test_cases: 1\n", "a/tests/one/init.yml": "hints: [x]\n", "a/x/problem.yaml": "",
		}, nil,
			[]string{"a error: a/init.yml:1", "a/x"}},
		"a layout, named": {map[string]string{"sol/s.py": "", "tests/1.in": "", "tests/1.out": ""}, nil,
			[]string{". error: .: looks like a problem: it has tests (tests)"}},
		"tests that a spec lists": {map[string]string{
			"a/init.yml": "test_cases:\n- {in: 1.txt, out: 2.txt}\n", "b/init.yml": "archive: t.zip\n",
			"c/problem.yaml": "name: C\ntests: none\n",
		}, nil,
			[]string{"a error: a/init.yml:2", "c error: c/problem.yaml:2", "warning b: looks like a problem"}},
		"tests of names with two dots": {map[string]string{
			"a/init.yml": "checker: none.py\n", "a/test.01.in.txt": "", "a/test.01.out.txt": "",
		}, nil,
			[]string{"a error: a/init.yml"}},
		"names that are nearly right": {map[string]string{
			"x/problem.yaml": "", "a/init.yaml": "", "a/1.in": "", "b/task.yml": "", "b/input/input0.txt": "",
			"c/init.yaml": "", "d/task.yml": "",
		}, nil,
			[]string{"a error: a: no init.yml in this directory", "b error: b: no task.yaml in this directory", "x"}},
		"no regular files": {map[string]string{
			"x/problem.yaml": "", "a/problem.yaml/b": "", "c/init.yml/b": "", "c/1.in": "",
		}, nil, []string{
			"c error: c/init.yml: not a regular file", "x",
			"warning a: looks like a problem: it has problem.yaml, but no tests, submissions or data: not a regular file",
		}},
		"archives": {map[string]string{"x/problem.yaml": "", "a.zip": "", "b.kpp": "", "x/data.zip": ""}, nil,
			[]string{"x", "note a.zip: archives", "note b.kpp: archives"}},
		"--exclude of a name": {map[string]string{
			"x/problem.yaml": "", "a/x/problem.yaml": "", "y/problem.yaml": "",
		}, []string{"x"},
			[]string{"y", "note a/x: left out by the exclude pattern x", "note x: left"}},
		"--exclude of a path": {map[string]string{"x/problem.yaml": "", "a/x/problem.yaml": ""}, []string{"a/x"},
			[]string{"x", "note a/x: left out"}},
		"--exclude with stars": {map[string]string{
			"x/problem.yaml": "", "a/b/c/problem.yaml": "", "a/d/problem.yaml": "",
		}, []string{"a/**"},
			[]string{"x", "note a/b: left", "note a/d: left"}},
		"--exclude with a dot": {map[string]string{"x/problem.yaml": "", "y/problem.yaml": ""}, []string{"./x/"},
			[]string{"y", "note x: left"}},
		"--exclude, several": {map[string]string{
			"x/problem.yaml": "", "y/problem.yaml": "", "z/problem.yaml": "",
		}, []string{"{x,y}", "zz"},
			[]string{"z", "note x: left", "note y: left", "unused zz"}},
		"--exclude of the file": {map[string]string{
			"problem.yaml": foreign, "x/problem.yaml": "",
		}, []string{"/problem.yaml"},
			[]string{"x", "note problem.yaml: left out by the exclude pattern"}},
		".judgeignore": {map[string]string{
			"x/problem.yaml": "", "old/problem.yaml": "", ".judgeignore": "# old\nold/\n",
		}, nil,
			[]string{"x", "note old: left out by .judgeignore:2"}},
		".judgeignore, nested": {map[string]string{
			"a/x/problem.yaml": "", "x/problem.yaml": "", "a/.judgeignore": "/x",
		}, nil,
			[]string{"x", "note a/x: left out by a/.judgeignore:1"}},
		".judgeignore over git": {map[string]string{"x/problem.yaml": "", ".gitignore": "x", ".judgeignore": "!x"}, nil,
			[]string{"x"}},
		".gitignore": {map[string]string{"x/problem.yaml": "", "build/p/problem.yaml": "", ".gitignore": "build/"}, nil,
			[]string{"x", "note build: ignored by git: .gitignore:1"}},
		".gitignore, nested": {map[string]string{
			"a/x/problem.yaml": "", "x/problem.yaml": "", ".gitignore": "x", "a/.gitignore": "!x",
		}, nil,
			[]string{"a/x", "note x: ignored by git: .gitignore:1"}},
		".gitignore, info": {map[string]string{"x/problem.yaml": "", "y/problem.yaml": "", ".git/info/exclude": "/y"}, nil,
			[]string{"x", "note y: ignored by git: .git/info/exclude:1"}},
		".gitignore, a worktree": {map[string]string{
			"x/problem.yaml": "", "y/problem.yaml": "", ".git": "gitdir: .real/worktrees/w\n",
			".real/worktrees/w/commondir": "../..\n", ".real/info/exclude": "y",
		}, nil,
			[]string{"x", "note y: ignored by git: .real/info/exclude:1"}},
		".gitignore, a repository below": {map[string]string{
			"x/problem.yaml": "", "sub/x/problem.yaml": "", ".git/HEAD": "", "sub/.git/HEAD": "",
			".gitignore": "/x\n*/x",
		}, nil,
			[]string{"sub/x", "note x: ignored"}},
		"tracked by git": {map[string]string{
			"build/a/problem.yaml": "", "build/b/problem.yaml": "", ".git/index": index("build/a/problem.yaml", "z"),
			".gitignore": "build/",
		}, nil,
			[]string{"build/a", "note build/b: ignored by git, as its directory is"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := find(t, tree(t, test.files), Search{Exclude: test.exclude})
			same := slices.EqualFunc(got, test.want, func(got, want string) bool {
				return got == want || strings.ContainsAny(want, " ") && strings.HasPrefix(got, want)
			})
			if !same {
				t.Errorf("got\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// TestSearchBelowARepositoryAppliesItsIgnoreFiles: ignore files above the argument apply to what is below it, and not
// to the argument.
func TestSearchBelowARepositoryAppliesItsIgnoreFiles(t *testing.T) {
	root := tree(t, map[string]string{
		"p/x/problem.yaml": "", "p/y/problem.yaml": "", "p/z/problem.yaml": "", "q/a/problem.yaml": "",
		".git/HEAD": "", ".gitignore": "/p/x\n/q", ".judgeignore": "p/z",
	})
	t.Chdir(root)
	found, err := Search{}.Find(t.Context(), []string{"p", "q"})
	if err != nil || !slices.Equal(found.Paths, []string{"p/y", "q/a"}) || len(found.Omitted) != 2 ||
		found.Omitted[0].Reason != "ignored by git: .gitignore:1" || found.Omitted[1].Reason != "left out by .judgeignore:1" {
		t.Errorf("%+v, %v", found, err)
	}
	if found, err := (Search{}).Find(t.Context(), []string{"p/x", "p/z"}); err != nil || len(found.Paths) != 2 {
		t.Errorf("%+v, %v", found, err)
	}
	found, err = (Search{Exclude: []string{"p"}}).Find(t.Context(), []string{"p", "q"})
	if err != nil || !slices.Equal(found.Paths, []string{"q/a"}) {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestSearchInALinkedDirectory: what the shell calls the working directory is no other place.
func TestSearchInALinkedDirectory(t *testing.T) {
	root := tree(t, map[string]string{
		"p/x/problem.yaml": "", "p/y/problem.yaml": "", ".git/HEAD": "", ".gitignore": "/p/x",
	})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{link, filepath.Join(link, "p")} {
		got := find(t, dir, Search{})
		if len(got) != 2 || !strings.HasSuffix(got[0], "y") || !strings.Contains(got[1], "x: ignored by git: ") {
			t.Errorf("in %s: got %q", dir, got)
		}
	}
}

// TestBoundedSearchReportsItsEnd: what lies beyond the bound is not passed over in silence.
func TestBoundedSearchReportsItsEnd(t *testing.T) {
	root := tree(t, map[string]string{"0/problem.yaml": "", "1/problem.yaml": "", "2/problem.yaml": ""})
	got := find(t, root, Search{MaxDirectories: 3})
	want := ". error: cannot search this directory for problems: more than 3 directories: the search ended at 2"
	if len(got) != 3 || !strings.HasPrefix(got[0], want) {
		t.Errorf("%q", got)
	}
}

// index is an index of version 2 with these paths.
func index(paths ...string) string {
	data := append([]byte("DIRC"), 0, 0, 0, 2)
	data = binary.BigEndian.AppendUint32(data, uint32(len(paths)))
	for _, path := range paths {
		entry := append(make([]byte, 62), path...)
		data = append(data, append(entry, make([]byte, 8-len(entry)%8)...)...)
	}
	return string(data)
}

func TestIndexVersions(t *testing.T) {
	v4 := append([]byte("DIRC"), 0, 0, 0, 4, 0, 0, 0, 3)
	v4 = append(append(v4, make([]byte, 62)...), "\x00a/b/c\x00"...)
	v4 = append(append(v4, make([]byte, 62)...), "\x01d\x00"...)
	extended := make([]byte, 64)
	extended[60] = 0x40
	v4 = append(append(v4, extended...), "\x05e\x00"...)
	for name, test := range map[string]struct {
		data string
		want []string
	}{
		"2":         {index("a/b/c", "d"), []string{"a", "a/b", "a/b/c", "d"}},
		"4":         {string(v4), []string{"a", "a/b", "a/b/c", "a/b/d", "e"}},
		"cut":       {index("a", "bcdefgh")[:80], []string{"a"}},
		"empty":     {"", nil},
		"other":     {"DIRC\x00\x00\x00\x09\xff\xff\xff\xff", nil},
		"a promise": {"DIRC\x00\x00\x00\x02\xff\xff\xff\xff", nil},
		"4, back":   {"DIRC\x00\x00\x00\x04\x00\x00\x00\x01" + strings.Repeat("\x00", 62) + "\x7fa\x00", nil},
	} {
		var got []string
		for path := range trackedIn([]byte(test.data)) {
			got = append(got, path)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, expected %q", name, got, test.want)
		}
	}
}

// TestStrangersHideNoProblems: in a directory where everybody can create files, a .git and a .gitignore may belong to
// anybody.
func TestStrangersHideNoProblems(t *testing.T) {
	top := tree(t, map[string]string{"a/x/problem.yaml": "", ".git/HEAD": "", ".gitignore": "x\n"})
	for mode, want := range map[os.FileMode]string{
		0o755:                 "note x: ignored by git: ../.gitignore:1",
		0o777 | os.ModeSticky: "x",
	} {
		if err := os.Chmod(top, mode); err != nil {
			t.Fatal(err)
		}
		if got := find(t, filepath.Join(top, "a"), Search{}); len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%v: expected %q, got %q", mode, want, got)
		}
	}
}

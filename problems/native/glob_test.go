package native

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

func TestGlobsNameTestsInNaturalOrder(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"a/1", "a/2", "a/10", "a/b/1", "a/.h/1", "c/x1", "c/x.y", "c/.x", "d/[1]", "d/1"} {
		files[name+".in"], files[name+".ans"] = "", ""
	}
	files["inner"] = "-> a"
	files["c/.in"], files["c/.in.ans"] = "", ""
	path := directory(t, "", files)
	for pattern, want := range map[string]string{
		"a/*.in":              "1 2 10",
		"a/*":                 "1 2 10",
		"a/?.in":              "1 2",
		"a/[2-9]*.in":         "2",
		"a/[^2]*.in":          "1 10",
		"a/1.in":              "1",
		"./a//1.in":           "1",
		"[ab]/1.in":           "1",
		"**/[0-9]*.in":        "a/1 a/2 a/10 a/b/1 d/1",
		"a/**/*.in":           "1 2 10 b/1",
		"a/**/**/*.in":        "1 2 10 b/1",
		"a/**":                "1 2 10 b/1",
		"**/b/*.in":           "1",
		"*/[12].in":           "a/1 a/2 d/1 inner/1 inner/2",
		"inner/*.in":          "1 2 10",
		"a/.h/*.in":           "1",
		"a/.*/*.in":           "1",
		"c/*.in":              "x.y x1",
		"c/.x*.in":            ".x",
		"c/.in":               ".in",
		`d/\[1\].in`:          "[1]",
		"d/[[]1].in":          "[1]",
		"[a/2.in, a/1.in]":    "2 1",
		"[c/x1.in, a/[12]*]":  "c/x1 a/1 a/2 a/10",
		"[a/b/*.in, a/10.in]": "b/1 10",
	} {
		quoted := pattern
		if !strings.Contains(pattern, ", ") {
			quoted = "'" + pattern + "'"
		} else {
			quoted = strings.ReplaceAll(pattern, "a/[12]*", "'a/[12]*'")
		}
		p, err := read(path, []byte("name: P\ntests: "+quoted+"\n"))
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
			continue
		}
		var names []string
		for _, test := range p.Tests {
			names = append(names, test.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s matches %s, want %s", pattern, got, want)
		}
	}
}

func TestDirectoriesInCirclesAreNotWalkedForever(t *testing.T) {
	path := directory(t, "", map[string]string{"a/1.in": "", "a/1.ans": "", "a/l": "-> .", "a/m": "-> ."})
	if p, err := read(path, []byte("name: P\ntests: \"**/*.in\"\n")); err != nil || len(p.Tests) != 1 {
		t.Errorf("** follows links: %v", err)
	}
	// l and m lead back to where they stand: 2^400 ways.
	_, err := read(path, []byte("name: P\ntests: \"a/"+strings.Repeat("*/", 400)+"1.in\"\n"))
	if _, ok := errors.AsType[*problems.Error](err); !ok {
		t.Errorf("%v", err)
	}
}

func TestGlobsShareOneBound(t *testing.T) {
	path := directory(t, "", small())
	root, err := safefile.OpenRoot(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	r := reader{root: root, walk: 12}
	top, err := strictyaml.Parse(path, []byte("\ntests/*.in\n"), strictyaml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if found, err := r.glob(top, "tests/*.in"); err != nil || len(found) != 3 {
		t.Fatalf("%q, %v", found, err)
	}
	_, err = r.glob(top, "tests/*.in")
	if fault, ok := errors.AsType[*problems.Error](err); !ok || !strings.Contains(fault.Msg, "files to look at") || fault.Line != 2 {
		t.Errorf("a second walk of the same length is within the bound: %v", err)
	}
}

package folder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"judge/problems"
)

func TestYAMLRejectsRepeatedKeys(t *testing.T) {
	for _, row := range []struct {
		what, text string
		line, col  int // of the error; 0: there is none
	}{
		{"at the top", "a: 1\nb: 2\na: 3\n", 3, 1},
		{"in an inner mapping", "limits:\n  time_limit: 1.0\n  time_limit: 9.0\n", 3, 3},
		{"an inner mapping twice", "limits:\n  a: 1\nlimits:\n  b: 1\n", 3, 1},
		{"in a list", "tests:\n  - {in: a, out: b}\n  - {in: a, in: b}\n", 3, 13},
		{"in a list of lists", "a: [[1, {b: 1, b: 1}]]\n", 1, 16},
		{"with the same value", "a: 1\na: 1\n", 2, 1},
		{"with and without quotes", "a: 1\n\"a\": 1\n", 2, 1},
		{"a number and its text", "1: a\n\"1\": b\n", 2, 1},
		{"without a value", "a:\na:\n", 2, 1},
		{"in JSON", `{"a": 1, "a": 2}`, 1, 10},
		{"behind an anchor", "a: &x {b: 1, b: 2}\nc: *x\n", 1, 14},
		{"by an alias", "a: &x b\n*x : 1\nb: 2\n", 3, 1},
		{"in a complex key", "? {a: 1, a: 2}\n: b\n", 1, 10},

		{"in a second document", "a: 1\n---\nb: 2\n", 2, 1},
		{"in a second document that is empty", "a: 1\n---\n", 2, 1},

		{"in one document with its marks", "---\na: 1\n...\n", 0, 0},
		{"in different mappings", "a: {b: 1}\nb: {b: 1}\n", 0, 0},
		{"in different cases", "a: 1\nA: 1\n", 0, 0},
		{"in different items", "- {a: 1}\n", 1, 1},
		{"in a merged mapping", "a: &x {b: 1}\nc: {<<: *x, b: 2}\n", 0, 0},
		{"in an alias of one mapping", "a: &x {b: 1}\nc: *x\nd: *x\n", 0, 0},
		{"in a text", "a: |\n  b: 1\n  b: 2\n", 0, 0},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "f.yaml"), []byte(row.text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.YAML("f.yaml")
		fault, _ := errors.AsType[*problems.Error](err)
		switch {
		case row.line == 0 && err != nil, row.line > 0 && fault == nil:
			t.Errorf("%s: got %v", row.what, err)
		case row.line > 0 && (fault.Line != row.line || fault.Col != row.col):
			t.Errorf("%s: got %v, expected line %d, column %d", row.what, err, row.line, row.col)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestFaultsNameLineAndColumn(t *testing.T) {
	dir := t.TempDir()
	text := "a: 1\nlimits:\n  time: 2\n  more: {deep: [1]}\n"
	if err := os.WriteFile(filepath.Join(dir, "f.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d, err := f.YAML("f.yaml")
	if err != nil {
		t.Fatal(err)
	}
	limits, err := d.Inner("limits")
	if err != nil {
		t.Fatal(err)
	}
	missing, err := f.YAML("missing.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, noMapping := d.Inner("a")
	unknown := limits.Unknown()
	for _, row := range []struct {
		what      string
		err       error
		line, col int
	}{
		{"a key", d.Fault("limits", "", ""), 2, 1},
		{"an inner key", limits.Fault("more", "", ""), 4, 3},
		{"no such key: the mapping", limits.Fault("other", "", ""), 3, 3},
		{"no such key at the top", d.Fault("other", "", ""), 1, 1},
		{"a file that is missing", missing.Fault("a", "", ""), 0, 0},
		{"no mapping", noMapping, 1, 4},
		{"an unknown key", unknown[1], 4, 3},
	} {
		fault, _ := errors.AsType[*problems.Error](row.err)
		if fault == nil || fault.Line != row.line || fault.Col != row.col {
			t.Errorf("%s: got %+v, expected line %d, column %d", row.what, fault, row.line, row.col)
		}
	}
}

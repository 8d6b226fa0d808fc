package formats

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"judge/problems"
)

// linkedTree creates files by name. A content that begins with "-> " is the target of a link.
func linkedTree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(full), 0o755)
		if target, link := strings.CutPrefix(content, "-> "); link && err == nil {
			err = os.Symlink(target, full)
		} else if err == nil {
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const polygonXML = `<problem><judging><testset name="tests"><time-limit>1000</time-limit><memory-limit>268435456</memory-limit><input-path-pattern>tests/%02d</input-path-pattern>` +
	`<answer-path-pattern>tests/%02d.a</answer-path-pattern><tests><test/></tests></testset></judging></problem>`

// TestSpecsThatLeadOutAreNotRead: the error names the link and has no content of its target.
func TestSpecsThatLeadOutAreNotRead(t *testing.T) {
	const secret = "token-of-the-host"
	for name, files := range map[string]map[string]string{
		"native":                   {"p/problem.yaml": "-> ../secret"},
		"native, absolute":         {"p/problem.yaml": "-> /etc/passwd"},
		"native, through a link":   {"p/problem.yaml": "-> a/secret", "p/a": "-> .."},
		"native, two links":        {"p/problem.yaml": "-> b", "p/b": "-> ../secret"},
		"ICPC":                     {"p/problem.yaml": "-> ../secret", "p/data/secret/1.in": "", "p/data/secret/1.ans": ""},
		"Polygon":                  {"p/problem.xml": "-> ../secret"},
		"CMS export":               {"p/problem.json": "-> ../secret", "p/tests/1.in": "", "p/tests/1.out": ""},
		"CMS in the Italian form":  {"p/task.yaml": "-> ../secret", "p/input/input0.txt": "", "p/output/output0.txt": ""},
		"DMOJ":                     {"p/init.yml": "-> ../secret"},
		"native, by its own name":  {"p/problem.yaml": "-> ../secret"},
		"ICPC, a group":            {"p/problem.yaml": "name: P\n", "p/data/secret/1.in": "", "p/data/secret/1.ans": "", "p/data/secret/testdata.yaml": "-> ../../../secret"},
		"Polygon, tests":           {"p/problem.xml": polygonXML, "p/tests": "-> ../out"},
		"Italian, inputs":          {"p/task.yaml": "name: p\n", "p/sol/a.py": "", "p/input": "-> ../out"},
		"DMOJ, an input":           {"p/init.yml": "test_cases: [{in: 1.in, out: 1.in, points: 1}]\n", "p/1.in": "-> ../secret"},
		"native, a directory link": {"p/problem.yaml": "-> dir/passwd", "p/dir": "-> /etc"},
	} {
		files["secret"], files["out/1"] = secret, ""
		dir := filepath.Join(linkedTree(t, files), "p")
		if strings.HasSuffix(name, "own name") {
			dir = filepath.Join(dir, "problem.yaml")
		}
		_, err := Open(dir)
		if err == nil || strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "root:") {
			t.Errorf("%s: got %v, expected an error without the file's content", name, err)
			continue
		}
		hint := fmt.Sprintf("%+v", err)
		if fault := faultOf(t, err); !strings.Contains(fault.Msg+fault.Hint, "leads out of the problem's directory") {
			t.Errorf("%s: got %s (%s), expected an error that names the link", name, hint, fault.Hint)
		}
	}
}

func TestSpecsThatAreNotFilesDoNotBlock(t *testing.T) {
	for _, name := range []string{"problem.yaml", "problem.xml", "init.yml", "problem.json", "task.yaml"} {
		dir := linkedTree(t, map[string]string{"tests/1.in": "", "input/input0.txt": ""})
		if err := unix.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
		if p, err := Open(dir); err == nil {
			t.Errorf("%s as a FIFO: got %+v, expected an error", name, p)
		}
	}
}

// TestLinksToDirectoriesAreBounded: seven directories of four links each to the next one are 4^7 directories, and so on.
func TestLinksToDirectoriesAreBounded(t *testing.T) {
	files := map[string]string{"problem.yaml": "name: P\n", "data/secret/1.in": "1", "data/secret/1.ans": "1", "x/12/1.in": "1", "x/12/1.ans": "1"}
	for level := range 12 {
		for link := range 4 {
			files[fmt.Sprintf("x/%d/l%d", level, link)] = fmt.Sprintf("-> ../../x/%d", level+1)
		}
	}
	for link := range 4 {
		files[fmt.Sprintf("data/secret/l%d", link)] = "-> ../../x/0"
	}
	_, err := Open(linkedTree(t, files))
	if err == nil || !strings.Contains(err.Error(), "more than") || !strings.Contains(err.Error(), "directories to read") {
		t.Errorf("got %v, expected an error that says which bound", err)
	}
}

func TestNotesAreBounded(t *testing.T) {
	var keys, tests strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&keys, "unknown%d: 1\n", i)
	}
	files := map[string]string{"problem.yaml": "name: P\n" + keys.String(), "data/secret/0.in": "1", "data/secret/0.ans": "1"}
	for i := range 600 {
		files[fmt.Sprintf("submissions/accepted/%d.py", i)] = "-> /etc/passwd"
	}
	p, err := Open(linkedTree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Remarks {
		tests.WriteString(r.Error() + "\n")
	}
	said := tests.String()
	if len(p.Remarks) > 200 || !strings.Contains(said, "8980 more unknown keys") || !strings.Contains(said, "500 more files are not used") {
		t.Errorf("got %d notes, expected fewer and the number of the others:\n%.3000s", len(p.Remarks), said)
	}
}

func TestDocumentsAreBounded(t *testing.T) {
	var keys, aliases strings.Builder
	for i := range 150_000 {
		fmt.Fprintf(&keys, "key%d: 1\n", i)
	}
	aliases.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 20 {
		fmt.Fprintf(&aliases, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i, i)
	}
	many := func(n int, unit string) string { return strings.Repeat(unit, n) }
	test := map[string]string{"data/secret/1.in": "1", "data/secret/1.ans": "1", "tests/1.in": "", "tests/1.out": "", "input/input0.txt": "", "output/output0.txt": ""}
	for name, files := range map[string]map[string]string{
		"keys":         {"problem.yaml": "name: P\nlimits: {}\n" + keys.String()},
		"inner keys":   {"init.yml": "checker: {name: floats, args: {" + strings.ReplaceAll(keys.String(), "\n", ", ") + "}}\n"},
		"aliases":      {"problem.yaml": "name: P\n" + aliases.String()},
		"aliases, CMS": {"task.yaml": "name: P\n" + aliases.String()},
		"directives":   {"problem.yaml": many(100_000, "%TAG !a! x\n") + "---\nname: P\n"},
		"deep YAML":    {"init.yml": "a: " + many(1<<20, "[")},
		"deep JSON":    {"problem.json": many(1<<20, "[")},
		"deep XML":     {"problem.xml": many(1<<20, "<a>")},
		"constants": {"problem.yaml": "problem_format_version: 2025-09\nname: P\nconstants: {a: \"" + many(1<<20, "x") + "\"}\n",
			"data/secret/test_group.yaml": "args: " + many(100_000, "{{a}}")},
		"a large file": {"init.yml": many(3<<20, "#")},
	} {
		for name, content := range test {
			files[name] = content
		}
		if _, err := Open(linkedTree(t, files)); err == nil || len(err.Error()) > 2000 {
			t.Errorf("%s: got %.300v, expected a short error", name, err)
		}
	}
}

func faultOf(t *testing.T, err error) *problems.Error {
	t.Helper()
	fault, ok := errors.AsType[*problems.Error](err)
	if !ok {
		t.Fatalf("%v is a %T, expected a *problems.Error", err, err)
	}
	return fault
}

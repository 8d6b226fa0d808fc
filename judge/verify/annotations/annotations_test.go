package annotations

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/judge/verify"
	"judge/problems/text/texttest"
)

func written(t *testing.T, r verify.Result, at Place) []string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, at); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(strings.Lines(b.String()))
}

// problem has findings that differ, and as many more of one cause.
func problem(name string, s verify.Severity, differ, alike int) verify.Problem {
	p := verify.Problem{Path: name, Name: name}
	for i := range differ {
		p.Findings = append(p.Findings, verify.Finding{Severity: s, Message: fmt.Sprint("finding ", i)})
	}
	for range alike {
		p.Findings = append(p.Findings, verify.Finding{Severity: s, Message: "the same"})
	}
	return p
}

func TestProblemsTakeTurns(t *testing.T) {
	errors := func(name string, differ, alike int) verify.Problem { return problem(name, verify.Error, differ, alike) }
	warnings := func(name string, differ, alike int) verify.Problem {
		return problem(name, verify.Warning, differ, alike)
	}
	type list = []verify.Problem
	for _, row := range []struct {
		rule     string
		problems list
		titles   string
		last     string
	}{
		{"there is room for all", list{errors("a", 10, 0)}, "a a a a a a a a a a", "finding 9"},
		{"one of many", list{errors("a", 60, 0), errors("b", 1, 0)}, "a b a a a a a a a", "52 more errors are in"},
		{"one cause", list{errors("a", 0, 60), errors("b", 1, 0)}, "a b", "finding 0"},
		{"warnings apart", list{errors("a", 0, 1), warnings("b", 11, 0)}, "a b b b b b b b b b", "2 more warnings are in"},
		{"findings are counted", list{errors("a", 9, 3), errors("b", 1, 0)}, "a b a a a a a a a", "4 more errors are in"},
	} {
		lines := written(t, verify.Result{Problems: row.problems}, Place{})
		var titles []string
		for _, line := range lines {
			_, title, _ := strings.Cut(line, "title=")
			if title, _, _ = strings.Cut(title, "::"); title != "judge verify" {
				titles = append(titles, title)
			}
		}
		if !slices.Equal(titles, strings.Fields(row.titles)) || !strings.Contains(lines[len(lines)-1], row.last) {
			t.Errorf("%s: %q, want %q", row.rule, lines, row.titles)
		}
	}
	lines := written(t, verify.Result{Problems: list{errors("a", 0, 3)}}, Place{})
	if !strings.Contains(lines[0], "::the same (and 2 more like this)\n") {
		t.Errorf("got %q", lines)
	}
	r := verify.Result{Problems: []verify.Problem{problem("a", verify.Error, 20, 0), verify.NotBegun("b")}}
	r.Omitted = []verify.Omission{{Path: "docs", Reason: "no problem"}}
	r.Conclude()
	lines = written(t, r, Place{})
	if len(lines) != 11 || lines[0] != "::error title=judge verify::"+r.Interruption()+"\n" ||
		!strings.Contains(lines[9], "12 more errors") ||
		lines[10] != "::notice title=judge verify::1 path not verified: docs\n" {
		t.Errorf("interrupted: %q", lines)
	}
}

func TestFilesAreWhereTheRepositoryHasThem(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"repo/.git/HEAD", "repo/problems/x/problem.yaml", "repo/problems/x/a.py", "repo/problems/y.zip", "out/problem.yaml",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for old, link := range map[string]string{"a.py": "repo/problems/x/link.py", "problems": "repo/again"} {
		if err := os.Symlink(old, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(dir, "repo/problems"))
	for _, row := range []struct{ file, spec, workspace, want string }{
		{"x/a.py", "x/problem.yaml", "", "file=problems/x/a.py,line=3,"},
		{"x/a.py", "x/problem.yaml", dir, "file=repo/problems/x/a.py,line=3,"},
		{"x/a.py", "x/problem.yaml", "/nowhere", "file=problems/x/a.py,line=3,"},
		{filepath.Join(dir, "repo/problems/x/a.py"), "", "", "file=problems/x/a.py,line=3,"},
		{"x/link.py", "", "", "file=problems/x/link.py,line=3,"},
		{"../again/x/a.py", "", "", "file=problems/x/a.py,line=3,"},
		{"x", "x/problem.yaml", "", "file=problems/x/problem.yaml,line=1,"},
		{"", "x/problem.yaml", "", "file=problems/x/problem.yaml,line=1,"},
		{"x/gone.py", "x/problem.yaml", "", "file=problems/x/problem.yaml,line=1,"},
		{"y.zip/data/1.in", "y.zip", "", "file=problems/y.zip,title"},
		{"y.zip", "y.zip", "", "file=problems/y.zip,"},
		{"", "", "", "title="},
		{"../../out/problem.yaml", "", filepath.Join(dir, "repo"), "title="},
	} {
		p := verify.Problem{Name: "x", Spec: row.spec}
		p.Findings = []verify.Finding{{Severity: verify.Error, File: row.file, Line: 3}}
		line := written(t, verify.Result{Problems: []verify.Problem{p}}, Place{Workspace: row.workspace})[0]
		if !strings.HasPrefix(line, "::error "+row.want) {
			t.Errorf("%q in %q: %s", row.file, row.workspace, line)
		}
	}
}

// TestAnnotationsElsewhereNameTheirFile: what GitHub cannot show a line of, such as a directory, is in the message.
func TestAnnotationsElsewhereNameTheirFile(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, name := range []string{".git", "x/input_validators/v"} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"x/problem.yaml", "x/a.py", "y.zip"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct{ problem, file, want string }{
		{"x", "x/input_validators/v", "::error file=x/problem.yaml,line=1,title=x::input_validators/v: bad\n"},
		{"x", "x/gone.in", "::error file=x/problem.yaml,line=1,title=x::gone.in: bad\n"},
		{"x", "x", "::error file=x/problem.yaml,line=1,title=x::bad\n"},
		{"x", "", "::error file=x/problem.yaml,line=1,title=x::bad\n"},
		{"x/problem.yaml", "x/gone.in", "::error file=x/problem.yaml,line=1,title=x::gone.in: bad\n"},
		{"x", "x/a.py", "::error file=x/a.py,line=3,title=x::bad\n"},
		{"y.zip", "y.zip/data/1.in", "::error file=y.zip,title=x::data/1.in: bad\n"},
	} {
		p := verify.Problem{Name: "x", Path: row.problem, Spec: "x/problem.yaml"}
		p.Findings = []verify.Finding{{Severity: verify.Error, File: row.file, Line: 3, Message: "bad"}}
		line := written(t, verify.Result{Problems: []verify.Problem{p}}, Place{})[0]
		if line != row.want {
			t.Errorf("%q: got %s, expected %s", row.file, line, row.want)
		}
	}
}

func TestForeignTextIsNoCommand(t *testing.T) {
	for _, s := range texttest.Texts() {
		p := problem(s, verify.Error, 1, 0)
		p.Findings[0].Subject, p.Findings[0].Message, p.Findings[0].File = s, s, s
		r := verify.Result{Problems: []verify.Problem{p, verify.NotBegun(s)}, Omitted: []verify.Omission{{Path: s, Reason: s}}}
		r.Problems[0].Gaps = []verify.Gap{{Has: s}}
		r.Conclude()
		for _, line := range written(t, r, Place{}) {
			command, _, _ := strings.Cut(line, " ")
			ours := slices.Contains([]string{"::error", "::warning", "::notice"}, command)
			if !ours || texttest.Obeyed("x"+line) != "" || texttest.Unseen(line) != "" {
				t.Errorf("%.60q: an annotation is %q", s, line)
			}
		}
	}
}

package native

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"judge/problems"
)

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		head, head + "limits: {time_limit: 010, memory: 1e2}\n", "name: a\ntests: [{input: tests/1.in}, tests/2.in]\n",
		head + "checker: {float_tolerance: 1e-6}\n", "a: &a [*a]\n", "name: P\ntests: '**'\n", "---\n...\n", "%YAML 1.2\n--- |\n a\n",
		head + "submissions: [{path: s, expect: [WA]}]\n", "name: P\ntests: [{input: tests/1.in, answer: linkdir/passwd, name: x, group: y}]\n",
		"? a\n: - b\n# c\n\n# d\n", "name: >-\n  P\ntests: \"t\\x65sts/*.in\"\n", "name: P\ntests: up/*\n", "{name: P, tests: [\"*\"]}#\n\t",
		"name: P\nsolution: s\ngenerate:\n- {name: \"{1..3}\", run: \"s/right.py {seed}\", group: sample}\n- {name: z, text: \"\"}\n",
		head + "stress: \"s {1..9} '{seed}'\"\n", "name: P\nsolution: s\ngenerate: tests/1.in\n", "name: P\ntests: lonely/x.in\nsolution: s\n",
		"name: P\ntests:\n  - a\n # c\n  - b\n", "a: [\n", "a: 'b\n\n", head + "limits: {wall_time: 0.5, time_limit: .25}\n",
	} {
		f.Add([]byte(seed))
	}
	path := directory(f, "", faulty())
	f.Fuzz(func(t *testing.T, spec []byte) {
		p, err := read(path, spec)
		if err != nil {
			expectPlace(t, spec, err)
			return
		}
		expectWhole(t, spec, p)
		again, err := read(path, spec)
		if err != nil || len(again.Tests) != len(p.Tests) || again.Limits != p.Limits {
			t.Fatalf("%q is read twice, differently: %+v, %+v, %v", spec, p, again, err)
		}
	})
}

// expectPlace holds an error against what every error must be.
func expectPlace(t *testing.T, spec []byte, err error) {
	t.Helper()
	fault, ok := errors.AsType[*problems.Error](err)
	if !ok || fault.Line < 1 || fault.Col < 1 || fault.Msg == "" || fault.Hint == "" {
		t.Fatalf("%q: not a fault with place and cure: %v", spec, err)
	}
	if fault.Line > 1+strings.Count(string(spec), "\n") {
		t.Fatalf("%q: there is no line %d", spec, fault.Line)
	}
	for _, c := range fault.Msg + fault.Hint {
		if !unicode.IsGraphic(c) || c == utf8.RuneError {
			t.Fatalf("%q: the fault holds what cannot be printed: %q", spec, fault.Msg+fault.Hint)
		}
	}
}

// expectWhole holds a problem against what the engine relies on.
func expectWhole(t *testing.T, spec []byte, p *problems.Problem) {
	t.Helper()
	l := p.Limits
	if p.Name == "" || len(p.Tests) == 0 || l.Time <= 0 || l.Wall < l.Time || l.Memory < problems.MiB || l.Output <= 0 ||
		l.Processes < 0 || l.CompilationTime <= 0 || l.CompilationMemory < problems.MiB || l.Code <= 0 {
		t.Fatalf("%q became %+v", spec, p)
	}
	names := map[string]bool{}
	for _, test := range p.Tests {
		if test.Name == "" || names[test.Name] {
			t.Fatalf("%q has a test without a name, or two %q", spec, test.Name)
		}
		names[test.Name] = true
		if r := test.Recipe; r != nil {
			expectRecipe(t, spec, p.Dir, test)
			continue
		}
		expectBeneath(t, p.Dir, test.Input, 0)
		expectBeneath(t, p.Dir, test.Answer, 0)
	}
	for _, s := range p.Submissions {
		expectBeneath(t, p.Dir, s.Path, os.ModeDir)
		for _, v := range s.Expect {
			if v < problems.AC || v > problems.CE {
				t.Fatalf("%q expects %v", spec, v)
			}
		}
	}
	if tol := p.Checker.Tolerance; tol != nil && tol.Absolute < 0 && tol.Relative < 0 {
		t.Fatalf("%q tolerates nothing: %+v", spec, tol)
	}
}

// expectRecipe holds the recipe of a test against what the engine relies on.
func expectRecipe(t *testing.T, spec []byte, dir string, test problems.TestCase) {
	t.Helper()
	r := test.Recipe
	if r.File == "" || r.Row < 1 || r.Column < 1 || test.Answer != "" {
		t.Fatalf("%q: the test %q has no place, or an answer: %+v", spec, test.Name, r)
	}
	switch {
	case r.Program != nil:
		expectBeneath(t, dir, r.Program.Path, os.ModeDir)
		if r.Input.Origin != problems.FromStdout && r.Input.Origin != problems.FromRunFile {
			t.Fatalf("%q: the input of %q is of no run: %+v", spec, test.Name, r)
		}
	case r.Input.Origin == problems.FromPath:
		expectBeneath(t, dir, r.Input.Name, 0)
	case r.Input.Origin != problems.FromText:
		t.Fatalf("%q: the test %q comes from nowhere: %+v", spec, test.Name, r)
	}
}

// expectBeneath: a regular file, or one of the type given, that no link leads to.
func expectBeneath(t *testing.T, dir, path string, also os.FileMode) {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil || info.Mode().Type()&^also != 0 || !strings.HasPrefix(path, dir+"/") || strings.Contains(path, "/../") {
		t.Fatalf("%s: %v, %v", path, info, err)
	}
}

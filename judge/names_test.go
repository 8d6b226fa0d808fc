package judge

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// hostileStems are names of files that mean something to a language's compiler or interpreter, to a shell or to a
// terminal.
func hostileStems(id string) []string {
	of := map[string][]string{
		"go": {"sol_test", "foo_windows"}, "python3": {"token", "random"}, "pypy3": {"token", "random"},
		"c": {"math.h"}, "cpp": {"vector"}, "java": {"2048"}, "ocaml": {"2048", "list"}, "ruby": {"set"},
		"perl": {"strict"}, "pascal": {"sysutils"}, "haskell": {"Data.List"}, "rust": {"a-b"}, "javascript": {"fs"},
	}
	return append(of[id], "-o", "@a;$(x)", "a\nb", "bad\xff", "Ре\u200dшение", strings.Repeat("x", 240))
}

// TestNameOfASingleFileDecidesNothing judges the right program of each language under names of all kinds. They are one
// program to the cache, so that it is compiled once.
func TestNameOfASingleFileDecidesNothing(t *testing.T) {
	j := jailed(t)
	problem := problemOf(t, "2 3\n", "5\n")
	problem.Limits.Time, problem.Limits.Wall = 10*time.Second, 60*time.Second
	root := filepath.Join("testdata", "languages")
	for _, id := range namesIn(t, root) {
		t.Run(id, func(t *testing.T) {
			programs := namesIn(t, filepath.Join(root, id))
			right := programs[slices.IndexFunc(programs, func(name string) bool { return strings.HasPrefix(name, "right.") })]
			text, err := os.ReadFile(filepath.Join(root, id, right))
			if err != nil {
				t.Fatal(err)
			}
			request := Request{Problem: problem, Language: id, Submissions: []string{filepath.Join(root, id, right)}}
			judgeAll(t, j, request)
			request.Submissions = nil
			for _, stem := range hostileStems(id) {
				path := writeFile(t, filepath.Join(t.TempDir(), stem+filepath.Ext(right)), string(text))
				request.Submissions = append(request.Submissions, path)
			}
			for _, s := range judgeAll(t, j, request).Submissions {
				if s.Verdict != problems.AC || !s.Compile.Cached {
					t.Errorf("%s is %v (%s), from the cache: %v\n%s", s.Path, s.Verdict, s.Reason, s.Compile.Cached, s.Compile.Log)
				}
			}
		})
	}
}

func TestJavaClassMayHaveAnyName(t *testing.T) {
	path := writeFile(t, filepath.Join(t.TempDir(), "a.java"), `import java.util.*;
public class Решение { static class Élan {}
  public static void main(String[] x) { new Élan(); System.out.println("Решение"); } }`)
	request := Request{Problem: longer(problemOf(t, "", "Решение\n")), Submissions: []string{path}}
	s := judgeAll(t, jailed(t), request).Submissions[0]
	if s.Verdict != problems.AC {
		t.Errorf("%s\n%s\n%s", verdicts(s), s.Compile.Log, s.Tests[0].Stderr)
	}
}

// longer gives a problem limits that a busy machine does not reach.
func longer(p *problems.Problem) *problems.Problem {
	p.Limits.Time, p.Limits.Wall = 10*time.Second, 60*time.Second
	return p
}

// TestCheckOfPythonImportsNothing brings modules in place of Python's own, which say on import that they were imported.
// What the check of py_compile needed is among them.
func TestCheckOfPythonImportsNothing(t *testing.T) {
	j := jailed(t)
	files := map[string]string{"main.py": "print(5)\n"}
	for _, module := range []string{
		"token", "tokenize", "json", "random", "sitecustomize", "usercustomize", "traceback", "linecache", "py_compile",
		"importlib/__init__", "sys", "os",
	} {
		files[module+".py"] = "import sys\nsys.stderr.write('imported')\nsys.exit(3)\n"
	}
	for _, id := range []string{"python3", "pypy3"} {
		request := Request{Problem: longer(problemOf(t, "", "5\n")), Language: id}
		request.Submissions = []string{directoryOf(t, files)}
		s := judgeAll(t, j, request).Submissions[0]
		if !s.Compile.OK || s.Compile.Log != "" {
			t.Errorf("%s: %s\n%s", id, verdicts(s), s.Compile.Log)
		}
		request.Submissions = []string{writeFile(t, filepath.Join(t.TempDir(), "token.py"), "print(\n")}
		s = judgeAll(t, j, request).Submissions[0]
		if s.Verdict != problems.CE || !strings.Contains(s.Compile.Log, `File "token.py", line`) ||
			strings.Contains(s.Compile.Log, "Traceback") {
			t.Errorf("%s: %s\n%s", id, verdicts(s), s.Compile.Log)
		}
	}
}

func TestCompilerNamesTheFileAsItWasSubmitted(t *testing.T) {
	j := jailed(t)
	rows := []struct{ name, text, want string }{
		{"my sum.cpp", "int main() { return x }\n", "my sum.cpp:1:"},
		{"a.c++", "int main() { return x }\n", "a.c++:1:"},
		{"Решение.java", "class A { int x = ; }\n", "Решение.java:1: error"},
		{"a\x1b[2J.c", "int main() { return x }\n", `main.c:1:`}, // no name to show
		{"x_test.go", "package main\nfunc main() { x }\n", "x_test.go:2:"},
		{"a-b.rs", "fn main() { x }\n", "a-b.rs:1:13"},
		{"token.py", "x = (\n", `File "token.py", line 1`},
	}
	for _, row := range rows {
		path := writeFile(t, filepath.Join(t.TempDir(), row.name), row.text)
		s := judgeAll(t, j, Request{Problem: longer(problemOf(t, "", "")), Submissions: []string{path}}).Submissions[0]
		if s.Verdict != problems.CE || !strings.Contains(s.Compile.Log, row.want) {
			t.Errorf("%q: %s, want %q in\n%s", row.name, verdicts(s), row.want, s.Compile.Log)
		}
	}
}

package native

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// directory makes a problem's directory: the spec and these files; "-> x" makes a link, a name that ends in / a directory.
func directory(t testing.TB, spec string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		switch to, link := strings.CutPrefix(content, "-> "); {
		case link:
			err = os.Symlink(to, full)
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(full, 0o755)
		default:
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, FileName)
	if err := os.WriteFile(path, []byte(spec), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// small is a problem with two tests and a submission.
func small() map[string]string {
	return map[string]string{
		"tests/1.in": "", "tests/1.ans": "", "tests/2.in": "", "tests/2.ans": "", "tests/10.in": "", "tests/10.ans": "", "s/right.py": "",
	}
}

const head = "name: P\ntests: tests/*.in\n"

func TestSpecOfEveryKey(t *testing.T) {
	path := directory(t, `name: A + B
limits:
  time_limit: 1.5
  wall_time: 4
  memory: 64
  output: 0.5
  processes: 3
  compilation_time: 10
  compilation_memory: 512
  code: 64
tests:
  - tests/1*.in
  - {input: tests/2.in, answer: tests/1.ans, group: small, name: two}
checker: {float_tolerance: 1e-6, case_sensitive: true}
submissions:
  - {path: s/right.py, expect: [AC, TLE]}
  - {path: s, expect: WA}
`, small())
	p, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	want := problems.Limits{
		Time: 1500 * time.Millisecond, Wall: 4 * time.Second, Memory: 64 * problems.MiB, Output: 512 * problems.KiB, Processes: 3,
		CompilationTime: 10 * time.Second, CompilationMemory: 512 * problems.MiB, Code: 64 * problems.KiB,
	}
	if p.Name != "A + B" || p.Limits != want {
		t.Errorf("%q, %+v", p.Name, p.Limits)
	}
	var names []string
	for _, test := range p.Tests {
		names = append(names, test.Name)
	}
	if got := strings.Join(names, " "); got != "1 10 two" || p.Tests[2].Group != "small" || filepath.Base(p.Tests[2].Answer) != "1.ans" {
		t.Errorf("tests: %+v", p.Tests)
	}
	if c := p.Checker; c.Tolerance == nil || *c.Tolerance != (problems.Tolerance{Absolute: 1e-6, Relative: 1e-6}) || !c.CaseSensitive {
		t.Errorf("checker: %+v", c)
	}
	if s := p.Submissions; len(s) != 2 || len(s[0].Expect) != 2 || s[1].Expect[0] != problems.WA {
		t.Errorf("submissions: %+v", s)
	}
}

func TestDefaults(t *testing.T) {
	p, err := Read(directory(t, head, small()))
	if err != nil {
		t.Fatal(err)
	}
	if p.Limits != defaults() || p.Limits.Wall != 3*time.Second || p.Limits.Memory != 256*problems.MiB {
		t.Errorf("limits: %+v", p.Limits)
	}
	if p.Checker != (problems.Checker{}) {
		t.Errorf("checker: %+v", p.Checker)
	}
}

func TestNumbersAreTakenAsWritten(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"010": 10 * time.Second, "1e1": 10 * time.Second, "1.": time.Second, ".5": time.Second / 2, "+2": 2 * time.Second,
		"1e-3": time.Millisecond, "0.000000001": 1,
	} {
		p, err := Read(directory(t, head+"limits: {time_limit: "+text+"}\n", small()))
		if err != nil || p.Limits.Time != want {
			t.Errorf("%s is read as %v, %v", text, p, err)
		}
	}
	for _, name := range []string{"1", "yes", "~", "010", "1e-6", "null", "2001-01-01"} {
		p, err := Read(directory(t, "name: "+name+"\ntests: tests/*.in\n", small()))
		if err != nil || p.Name != name {
			t.Errorf("the name %s is read as %+v, %v", name, p, err)
		}
	}
}

func TestFaultsSayWhereAndWhatToDo(t *testing.T) {
	limits := func(l string) string { return head + "limits: {" + l + "}\n" }
	rows := []struct{ spec, want string }{
		{"", "1:1: the file is empty"},
		{"# nothing\n", "1:1: the file is empty"},
		{"name: [\n", "1:1: "},
		{"name: P\n\ttests: x\n", "2:1: found a tab character"},
		{"name: P\ntests: tests/*.in\n---\nname: Q\n", "3:1: a second document"},
		{"name: \xff\n", "1:1: not UTF-8"},
		{"- a\n", "1:1: expected a mapping with keys such as \"name\", found a list"},
		{"name: P\n", "1:1: the key \"tests\" is missing"},
		{"tests: tests/*.in\n", "1:1: the key \"name\" is missing"},
		{"name:\ntests: tests/*.in\n", "1:6: expected a text, found nothing"},
		{head + "mem0ry: 1\n", "3:1: unknown key \"mem0ry\""},
		{head + "cheker: tokens\n", "did you mean \"checker\"?"},
		{head + "checker: tokens\nchecker: exact\n", "4:1: the key \"checker\" stands here twice"},
		{head + "name: Q\n", "3:1: the key \"name\" stands here twice"},
		{head + "<<: {checker: tokens}\n", "3:1: unknown key \"<<\""},
		{"name: &a P\ntests: *a\n", "2:8: expected a list of tests, found an alias"},
		{limits("mem0ry: 1"), "3:10: unknown key \"mem0ry\"\nhint: did you mean \"memory\"?"},
		{limits("time_limit: 0"), "3:22: 0 is out of range"},
		{limits("time_limit: -1"), "-1 is out of range"},
		{limits("time_limit: 1e-30"), "too small"},
		{limits("time_limit: .inf"), "expected a number, found the text \".inf\""},
		{limits("time_limit: .nan"), "expected a number"},
		{limits("time_limit: 0x10"), "expected a number"},
		{limits("time_limit: 1_000"), "expected a number"},
		{limits("time_limit: 1:30"), "expected a number"},
		{limits("time_limit: 1e999"), "out of range"},
		{limits("time_limit: \"1\""), "expected a number, found the text \"1\" in quotes"},
		{limits("time_limit: [1]"), "expected a number, found a list"},
		{limits("time_limit: 99999999"), "out of range"},
		{limits("time_limit: 2, wall_time: 1"), "wall_time is less than time_limit"},
		{limits("memory: 0.5"), "out of range"},
		{limits("memory: 99999999999999999999"), "out of range"},
		{limits("processes: 1.5"), "whole number"},
		{limits("processes: 0"), "out of range"},
		{"name: P\ntests: tests/*.txt\n", "2:8: \"tests/*.txt\" matches no file"},
		{"name: P\ntests: ../*.in\n", "2:8: \"../*.in\" leads out"},
		{"name: P\ntests: /etc/*\n", "leads out"},
		{"name: P\ntests: 'tests/[1.in'\n", "not a pattern"},
		{"name: P\ntests: []\n", "2:8: the list of tests is empty"},
		{"name: P\ntests: [tests/*.in, tests/1.in]\n", "2:21: two tests are called \"1\""},
		{"name: P\ntests: [{answer: tests/1.ans}]\n", "2:9: the key \"input\" is missing"},
		{"name: P\ntests: [{input: tests/9.in}]\n", "2:17: no answer beside \"tests/9.in\""},
		{"name: P\ntests: [{input: tests/9.in, answer: tests/1.ans}]\n", "2:17: \"tests/9.in\": no such file"},
		{"name: P\ntests: [{input: tests/1.in, answer: s}]\n", "not a regular file"},
		{"name: P\ntests: lonely/*\n", "no answer beside \"lonely/x.in\""},
		{"name: P\ntests: double/*\n", "several answers beside \"double/x.in\": double/x.ans and double/x.out"},
		{"name: P\ntests: linked/*\n", "2:8: \"linked/out.in\" is a link that leads out"},
		{"name: P\ntests: [{input: linkdir/passwd, answer: tests/1.ans}]\n", "is a link that leads out"},
		{head + "checker: token\n", "3:10: unknown checker \"token\"\nhint: did you mean \"tokens\"?"},
		{head + "checker: {}\n", "empty"},
		{head + "checker: {float_tolerance: -1}\n", "not negative"},
		{head + "checker: {float_tolerance: 1, float_absolute_tolerance: 1}\n", "beside"},
		{head + "checker: {case_sensitive: 1}\n", "expected true or false"},
		{head + "checker: {program: check.cpp, protocol: testlib}\n", "external checkers are not supported yet"},
		{head + "submissions: x\n", "3:14: expected a list of submissions"},
		{head + "submissions: [{expect: AC}]\n", "the key \"path\" is missing"},
		{head + "submissions: [{path: s/left.py}]\n", "no such file"},
		{head + "submissions: [{path: ../x.py}]\n", "leads out"},
		{head + "submissions: [{path: s}, {path: s}]\n", "stands here twice"},
		{head + "submissions: [{path: s, expect: [OK]}]\n", "3:34: \"OK\" is not a verdict to expect"},
		{head + "submissions: [{path: s, expect: JE}]\n", "not a verdict to expect"},
		{head + "submissions: [{path: s, expect: []}]\n", "empty"},
	}
	for _, row := range rows {
		files := small()
		for name, content := range map[string]string{
			"lonely/x.in": "", "double/x.in": "", "double/x.ans": "", "double/x.out": "",
			"linked/out.in": "-> /etc/hostname", "linked/out.ans": "", "linkdir": "-> /etc",
		} {
			files[name] = content
		}
		path := directory(t, row.spec, files)
		p, err := Read(path)
		var fault *problems.Error
		if !errors.As(err, &fault) {
			t.Errorf("%q: read as %+v, %v", row.spec, p, err)
			continue
		}
		if got := strings.TrimPrefix(err.Error(), path+":"); !strings.Contains(got, row.want) || fault.Line == 0 {
			t.Errorf("%q:\n got %s\nwant %s", row.spec, got, row.want)
		}
	}
}

func TestGlobs(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"a/1", "a/2", "a/10", "a/b/1", "a/.h/1", "c/x1"} {
		files[name+".in"], files[name+".ans"] = "", ""
	}
	files["inner"] = "-> a"
	for pattern, want := range map[string]string{
		"a/*.in":      "1 2 10",
		"a/?.in":      "1 2",
		"a/[2-9]*.in": "2",
		"**/*.in":     "a/1 a/2 a/10 a/b/1 c/x1",
		"a/**/*.in":   "1 2 10 b/1",
		"a/**":        "1 2 10 b/1",
		"*/*.in":      "a/1 a/2 a/10 c/x1 inner/1 inner/2 inner/10",
		"a/.h/*.in":   "1",
		"./a/1.in":    "1",
	} {
		p, err := Read(directory(t, "name: P\ntests: \""+pattern+"\"\n", files))
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

func TestNearestKey(t *testing.T) {
	keys := []string{"time_limit", "memory", "output", "processes"}
	for typo, want := range map[string]string{
		"mem0ry": "memory", "memroy": "memory", "timelimit": "time_limit", "time-limit": "time_limit", "outpt": "output", "proceses": "processes",
		"x": "", "colour": "", strings.Repeat("memory", 100): "",
	} {
		if got := nearest(typo, keys); got != want {
			t.Errorf("%.20s: %q, want %q", typo, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		head, head + "limits: {time_limit: 010, memory: 1e2}\n", "name: a\ntests: [{input: tests/1.in}, tests/2.in]\n",
		head + "checker: {float_tolerance: 1e-6}\n", "a: &a [*a]\n", "name: P\ntests: '**'\n", "---\n...\n", head + "submissions: [{path: s, expect: [WA]}]\n",
	} {
		f.Add(seed)
	}
	files := small()
	f.Fuzz(func(t *testing.T, spec string) {
		path := directory(t, spec, files)
		p, err := Read(path)
		if err != nil {
			var fault *problems.Error
			if !errors.As(err, &fault) || fault.Line < 1 {
				t.Fatalf("%q: not a fault with a place: %v", spec, err)
			}
			return
		}
		l := p.Limits
		if p.Name == "" || len(p.Tests) == 0 || l.Time <= 0 || l.Wall < l.Time || l.Memory < problems.MiB || l.Output <= 0 || l.Code <= 0 {
			t.Fatalf("%q became %+v", spec, p)
		}
		names := map[string]bool{}
		for _, test := range p.Tests {
			for _, file := range []string{test.Input, test.Answer} {
				if !strings.HasPrefix(file, p.Dir+"/") {
					t.Fatalf("%q reaches %s", spec, file)
				}
			}
			if names[test.Name] {
				t.Fatalf("%q has two tests %q", spec, test.Name)
			}
			names[test.Name] = true
		}
	})
}

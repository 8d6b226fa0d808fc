package native

import (
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
  validation_time: 5
  validation_memory: 128
  validation_output: 1
  generation_output: 2
tests:
  - tests/1*.in
  - {input: tests/2.in, answer: tests/1.ans, group: small, args: [-x, y], name: two}
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
		ValidationTime: 5 * time.Second, ValidationMemory: 128 * problems.MiB, ValidationOutput: problems.MiB,
		GenerationOutput: 2 * problems.MiB,
	}
	if p.Name != "A + B" || p.Limits != want {
		t.Errorf("%q, %+v", p.Name, p.Limits)
	}
	var names []string
	for _, test := range p.Tests {
		names = append(names, test.Name)
	}
	if got := strings.Join(names, " "); got != "1 10 two" || strings.Join(p.Tests[2].Groups, " ") != "small" || strings.Join(p.Tests[2].Args, " ") != "-x y" || filepath.Base(p.Tests[2].Answer) != "1.ans" {
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
	if p.Limits != problems.DefaultLimits() || p.Limits.Wall != 3*time.Second || p.Limits.Memory != 256*problems.MiB {
		t.Errorf("limits: %+v", p.Limits)
	}
	if p.Checker != (problems.Checker{}) {
		t.Errorf("checker: %+v", p.Checker)
	}
}

func TestPassesOfCheckerAndInteractor(t *testing.T) {
	for _, key := range []string{"checker", "interactor"} {
		p, err := Read(directory(t, head+key+": {program: s/right.py, protocol: icpc}\npasses: 3\n", small()))
		if err != nil || p.Passes != 3 || (p.Interactor != nil) != (key == "interactor") {
			t.Errorf("%s: %+v, %v", key, p, err)
		}
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

func TestOutputCountsAndFileWriting(t *testing.T) {
	for _, row := range []struct {
		spec          string
		all, readOnly bool
		fails         string
	}{
		{"", false, false, ""},
		{"limits: {output_counts: stdout}\nallow_file_writing: true\n", false, false, ""},
		{"limits: {output_counts: all}\n", true, false, ""},
		{"allow_file_writing: false\n", false, true, ""},
		{"allow_file_writing: false\nfiles: {input: a.txt}\n", false, true, ""},
		{"limits: {output_counts: stderr}\n", false, false, "unknown value of output_counts"},
		{"allow_file_writing: never\n", false, false, "problem.yaml:3"},
		{"allow_file_writing: false\nfiles: {output: a.txt}\n", false, false, "remove one of the two"},
	} {
		p, err := Read(directory(t, "name: P\ntests: tests/*.in\n"+row.spec, small()))
		switch {
		case row.fails != "":
			if err == nil || !strings.Contains(err.Error(), row.fails) {
				t.Errorf("%s: %v, want %s", row.spec, err, row.fails)
			}
		case err != nil:
			t.Errorf("%s: %v", row.spec, err)
		case p.Limits.OutputOfAll != row.all || p.Limits.ReadOnly != row.readOnly:
			t.Errorf("%s: %+v", row.spec, p.Limits)
		}
	}
}

func TestNamesMayHoldEmoji(t *testing.T) {
	const emoji, flag = "👩\u200d💻 ❤\ufe0f\u3000é", "🏴\U000e0067\U000e007f"
	files := small()
	files["tests/"+emoji+".in"], files["tests/"+emoji+".ans"] = "", ""
	p, err := Read(directory(t, "name: "+flag+emoji+"\ntests: tests/*.in\n", files))
	if err != nil {
		t.Fatal(err)
	}
	if last := p.Tests[len(p.Tests)-1]; p.Name != flag+emoji || !strings.Contains(last.Name, emoji) {
		t.Errorf("%q, %q", p.Name, last.Name)
	}
}

package dmoj

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

func tree(t *testing.T, yaml string, others ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "sum")
	files := map[string]string{FileName: yaml}
	for _, name := range append(others, "1.in", "1.out", "2.1.in", "2.1.out", "2.2.in", "2.2.out", "10.in", "10.out") {
		files[name] = name + "\n"
	}
	if _, ok := files["talk.py"]; ok {
		files["talk.py"] = "from dmoj.graders.interactive import InteractiveGrader\n\n" +
			"class Grader(InteractiveGrader):\n    pass\n"
	}
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const list = `test_cases:
- {points: 0, in: 1.in, out: 1.out}
- {points: 10, in: 10.in, out: 10.out}
- points: 20
  batched:
  - {in: 2.1.in, out: 2.1.out}
  - {in: 2.2.in, out: 2.2.out}
- points: 30
  batched:
  - {in: 10.in, out: 10.out}
  dependencies: [1]
`

func read(t *testing.T, dir string) *problems.Problem {
	t.Helper()
	if !Detect(dir) {
		t.Fatal("it is not detected")
	}
	p, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func names(p *problems.Problem) string {
	var names []string
	for _, t := range p.Tests {
		names = append(names, t.Name)
	}
	return strings.Join(names, " ")
}

func TestListOfCases(t *testing.T) {
	p := read(t, tree(t, list))
	if names(p) != "1 10 2.1 2.2 10 (2)" || !p.NoTimeLimit || !p.Checker.CaseSensitive {
		t.Errorf("%s, %+v", names(p), p)
	}
	want := []problems.Scoring{{Name: pretests, Rule: problems.PassFail}, {Name: single, Points: 10,
		Rule: problems.Sum}, {Name: "batch 1", Points: 20}, {Name: "batch 2", Points: 30}}
	for i, g := range p.Scoring.Groups() {
		if w := want[i]; g.Name != w.Name || g.Points != w.Points || g.Rule != w.Rule {
			t.Errorf("%+v, want %+v", g, w)
		}
	}
	if r := p.Scoring.Groups()[3].Requires; len(r) != 2 || r[0] != pretests || r[1] != "batch 1" {
		t.Errorf("%q", r)
	}
}

func TestCasesByTheirNames(t *testing.T) {
	p := read(t, tree(t, "points: 5\n"))
	if names(p) != "1 2.1 2.2 10" || len(p.Scoring.Groups()) != 2 || p.Scoring.Groups()[0].Points != 10 || p.Scoring.Groups()[1].Points != 5 {
		t.Errorf("%s, %+v", names(p), p.Scoring.Groups())
	}
	p = read(t, tree(t,
		"test_cases: {input_format: '^a(?P<case>\\d+)$', output_format: '^b(?P<case>\\d+)$', case_points: [3, 1]}\n",
		"a1", "b1", "a2", "b2"))
	if names(p) != "a1 a2" || p.Scoring.Groups()[0].Points != 4 {
		t.Errorf("%s, %+v", names(p), p.Scoring.Groups())
	}
}

// TestFailedPretestsCount for later cases, as in dmoj/judge.py: a case without points, or a batch.
func TestFailedPretestsCount(t *testing.T) {
	p := read(t, tree(t, `test_cases:
- {points: 5, in: 1.in, out: 1.out}
- {points: 0, in: 1.in, out: 1.out}
- {points: 0, in: 10.in, out: 10.out}
- {points: 6, in: 1.in, out: 1.out}
- {points: 0, batched: [{in: 1.in, out: 1.out}]}
- {points: 7, in: 1.in, out: 1.out}
- {points: 8, batched: [{in: 1.in, out: 1.out}], dependencies: [1]}
- {points: 9, in: 1.in, out: 1.out}
- {points: 0, in: 1.in, out: 1.out}
pretest_test_cases:
- {in: 2.1.in, out: 2.1.out}
`))
	var got []string
	for _, g := range p.Scoring.Groups() {
		n := 0
		for _, t := range p.Tests {
			if t.Groups[0] == g.Name {
				n++
			}
		}
		got = append(got, fmt.Sprintf("%s: %d tests, %g points, after %q", g.Name, n, g.Points, g.Requires))
	}
	want := []string{
		`pretests: 1 tests, 0 points, after []`, `cases: 1 tests, 5 points, after ["pretests"]`,
		`pretests 2: 2 tests, 0 points, after ["pretests"]`,
		`cases 2: 1 tests, 6 points, after ["pretests 2"]`, `batch 1: 1 tests, 0 points, after ["pretests 2"]`,
		`cases 3: 2 tests, 16 points, after ["batch 1"]`, `batch 2: 1 tests, 8 points, after ["batch 1"]`,
		`pretests 3: 1 tests, 0 points, after ["batch 1"]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestBatchGates: groups after a batch require only its cases without points.
func TestBatchGates(t *testing.T) {
	p := read(t, tree(t, `test_cases:
- points: 5
  batched:
  - {in: 1.in, out: 1.out, points: 0}
  - {in: 10.in, out: 10.out}
- {points: 6, in: 1.in, out: 1.out}
- points: 0
  batched: [{in: 2.1.in, out: 2.1.out}]
  dependencies: [1]
- {points: 7, in: 1.in, out: 1.out}
`))
	var got []string
	for _, g := range p.Scoring.Groups() {
		got = append(got, fmt.Sprintf("%s: %g points, after %q", g.Name, g.Points, g.Requires))
	}
	want := []string{
		`batch 1: 0 points, after []`, `pretests of batch 1: 0 points, after []`,
		`cases: 6 points, after ["pretests of batch 1"]`, `batch 2: 0 points, after ["pretests of batch 1" "batch 1"]`,
		`cases 2: 7 points, after ["batch 2"]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if g := p.Tests[0].Groups; !slices.Equal(g, []string{"batch 1", "pretests of batch 1"}) {
		t.Errorf("groups of the case without points: %q", g)
	}
	if g := p.Tests[1].Groups; !slices.Equal(g, []string{"batch 1"}) {
		t.Errorf("groups of the case with points: %q", g)
	}
	if len(p.Remarks) != 2 || !strings.Contains(p.Remarks[0].Msg, "from 0 to 5 points") ||
		!strings.Contains(p.Remarks[1].Msg, "batch 2 has a case without points and depends on batches") {
		t.Errorf("notes: %v", p.Remarks)
	}
}

// TestPositions: the DMOJ counts pretests last.
func TestPositions(t *testing.T) {
	p := read(t, tree(t, list+"pretest_test_cases:\n- {in: 2.1.in, out: 2.1.out}\nchecker: c.py\nmeta: {a: [1]}\n",
		"c.py"))
	for i, want := range []string{`"position":5`, `"position":0`, `"position":1`} {
		if args := p.Tests[i].Args[1]; !strings.Contains(args, want) || !strings.Contains(args, `"meta":{"a":[1]}`) {
			t.Errorf("arguments of test %d: %s, want %s", i, args, want)
		}
	}
}

// TestLineEndsAreThoseOfTheDMOJ, except in binary data.
func TestLineEndsAreThoseOfTheDMOJ(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := tree(t,
		"test_cases:\n- {in: 1.in, out: 1.out}\n- {in: 1.in, out: 10.out, binary_data: true}\n"+
			"- {in: 2.1.in, out: 2.1.out}\n")
	for name, text := range map[string]string{"1.in": "a\r\n\r\rb", "1.out": "", "10.out": "\r", "2.1.in": "a\n",
		"2.1.out": "a\n\r"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p := read(t, dir)
	defer p.Close()
	var got []string
	for _, test := range p.Tests {
		for _, name := range []string{test.Input, test.Answer} {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(data))
		}
	}
	if want := []string{"a\n\n\nb\n", "", "a\r\n\r\rb", "\r", "a\n", "a\n\n"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCasesInAnArchive(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := tree(t, "archive: data.zip\ntest_cases:\n- {points: 1, in: d/x.in, out: d/x.out}\n")
	file, err := os.Create(filepath.Join(dir, "data.zip"))
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	for _, name := range []string{"d/x.in", "d/x.out"} {
		if f, err := w.Create(name); err != nil {
			t.Fatal(err)
		} else if _, err := f.Write([]byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	p := read(t, dir)
	data, err := os.ReadFile(p.Tests[0].Input)
	if err != nil || string(data) != "d/x.in\n" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestCheckersInteractorsAndGraders(t *testing.T) {
	for _, row := range []struct {
		yaml string
		want func(*problems.Problem) bool
	}{
		{"checker: easy", func(p *problems.Problem) bool {
			e := p.Checker.External
			return e.Protocol == problems.ICPC && e.Path == "" && e.Driver[0].Name == "__main__.py" &&
				p.Tests[1].Args[0] == "easy"
		}},
		{"checker: c.py", func(p *problems.Problem) bool {
			return filepath.Base(p.Checker.External.Path) == "c.py" &&
				p.Tests[1].Args[1] == `{"args":{},"batch":0,"binary_data":false,`+
					`"config":{"checker":"c.py","in":"10.in","out":"10.out","points":10},`+
					`"points":10,"position":1,"problem":"sum"}`
		}},
		{"checker: {name: c.py, args: {most: 3}}",
			func(p *problems.Problem) bool { return strings.Contains(p.Tests[1].Args[1], `"args":{"most":3}`) }},
		{"custom_judge: talk.py", func(p *problems.Problem) bool {
			return p.Interactor.Driver != nil && p.Interactor.Protocol == problems.ICPC
		}},
		{"interactive: {files: c.cpp}",
			func(p *problems.Problem) bool { return p.Interactor.Protocol == problems.DMOJ }},
		{`interactive: {files: [h.h, c.cpp], args_format_string: '{input_file} {answer_file} -x "a b"'}`,
			func(p *problems.Problem) bool {
				return filepath.Base(p.Interactor.Path) == "c.cpp" && slices.Equal(p.Interactor.Format,
					[]string{"{input_file}", "{answer_file}", "-x", "a b"})
			}},
		{"interactive: {files: c.cpp, flags: [-DX], lang: CPP14}", func(p *problems.Problem) bool {
			return slices.Equal(p.Interactor.Flags, []string{"-DX", "-std=gnu++14"}) &&
				strings.Contains(string(p.Interactor.Driver[0].Data), "_IONBF")
		}},
		{"interactive: {files: c.cpp, unbuffered: false}",
			func(p *problems.Problem) bool { return p.Interactor.Driver == nil }},
		{"checker: {name: bridged, args: {files: [c.cpp, d/d.cpp, h.h]}}", func(p *problems.Problem) bool {
			d := p.Checker.External.Driver
			return len(d) == 1 && d[0].Name == "d.cpp"
		}},
		{"checker: {name: bridged, args: {files: c.py, flags: [-x], time_limit: 3, surprise: 1}}",
			func(p *problems.Problem) bool { return len(p.Remarks) == 3 }},
		{"validator: {source: c.py, language: PY3}", func(p *problems.Problem) bool {
			return p.InputValidators[0].Testlib && slices.Equal(p.Tests[2].ValidatorArgs, []string{"1", "2"})
		}},
		{"validator: {source: c.py, language: PY3, type: testlib}", func(p *problems.Problem) bool {
			return slices.Equal(p.Tests[0].ValidatorArgs, []string{"--group", "st0"})
		}},
		{"unbuffered: true\nshort_circuit: true\nwall_time_factor: 2\noutput-prefix-length: 3\nsymlinks: {}\n",
			func(p *problems.Problem) bool {
				return p.Unbuffered && len(p.Remarks) == 1 && p.Limits.Wall == 20*time.Second
			}},
		{"checker: {name: floats, args: {precision: 4}}", func(p *problems.Problem) bool {
			c := p.Checker
			return c.Compare == problems.LineFloats && c.Tolerance.Absolute == 1e-4 && c.Tolerance.Relative == 1e-4
		}},
		{"checker: {name: floats, args: {precision: ' 2', error_mode: relative}}", func(p *problems.Problem) bool {
			return p.Checker.Tolerance.Absolute < 0 && p.Checker.Tolerance.Relative == 1e-2
		}},
		{"checker: {name: floats, args: {precision: 400}}",
			func(p *problems.Problem) bool { return p.Checker.Tolerance.Absolute == 0 }},
		{"checker: {name: floatsrel, args: {precision: -2.9}}",
			func(p *problems.Problem) bool { return p.Checker.Tolerance.Relative == 100 }},
		{"checker: floatsabs", func(p *problems.Problem) bool {
			return p.Checker.Tolerance.Absolute == 1e-6 && p.Checker.Tolerance.Relative < 0
		}},
		{"checker: identical", func(p *problems.Problem) bool { return p.Checker.Compare == problems.Exact }},
		{"checker: rstripped", func(p *problems.Problem) bool { return p.Tests[1].Args[0] == "rstripped" }},
		{"checker: {name: bridged, args: {files: c.cpp, lang: CPP17, type: testlib}}", func(p *problems.Problem) bool {
			return p.Checker.External.Protocol == problems.DMOJTestlib
		}},
		{"checker: {name: bridged, args: {files: [c.cpp, testlib.h], lang: CPP17}}",
			func(p *problems.Problem) bool { return p.Checker.External.Protocol == problems.DMOJ }},
		{"interactive: {files: c.cpp, type: testlib}", func(p *problems.Problem) bool { return p.Interactor != nil }},
		{"signature_grader: {entry: c.cpp, header: h.h}", func(p *problems.Problem) bool {
			return len(p.Grader.Files["cpp"]) == 2 &&
				p.Grader.BeforeSubmission == "#define SIGNATURE_GRADER 1\n#include \"h.h\"\n"+
					"#define main main_of_submission\n#line 1\n"
		}},
		{"signature_grader: {entry: c.cpp, header: h.h, allow_main: true}", func(p *problems.Problem) bool {
			return !strings.Contains(p.Grader.BeforeSubmission, "main")
		}},
		{"output_limit_length: 1000\nfile_io: {input: a, output: b}",
			func(p *problems.Problem) bool { return p.Limits.Output == 1000 && p.Files.Output == "b" }},
		{"output_limit_length: 0\nwall-time-factor: 1.5", func(p *problems.Problem) bool {
			return p.Limits.Output == 25165824 && p.Limits.Wall == 15*time.Second && len(p.Remarks) == 1
		}},
		{"checker: c.py\ninteractive: {files: c.cpp}", func(p *problems.Problem) bool {
			return p.Checker.External == nil && p.Tests[0].Args == nil && len(p.Remarks) == 1
		}},
		{"signature_grader: {entry: c.cpp, header: h.h}\ninteractive: {files: c.cpp}", func(p *problems.Problem) bool {
			return p.Interactor == nil && p.Grader != nil && len(p.Remarks) == 1
		}},
		{"signature_grader: {entry: c.cpp, header: h.h}\ncustom_judge: talk.py", func(p *problems.Problem) bool {
			return p.Interactor != nil && p.Grader == nil && len(p.Remarks) == 1
		}},
		{"surprise: 1", func(p *problems.Problem) bool { return len(p.Remarks) == 1 }},
	} {
		if p := read(t, tree(t, list+row.yaml+"\n", "c.cpp", "d/d.cpp", "h.h", "testlib.h", "c.py",
			"talk.py")); !row.want(p) {
			t.Errorf("%s: %+v, %v", row.yaml, p, p.Remarks)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, row := range []struct{ yaml, want string }{
		{"test_cases: []\n", "no test cases"},
		{"test_cases:\n- {in: x, out: y}\n", `no file "x"`},
		{"test_cases:\n- {in: ../x, out: y}\n", `no file "../x"`},
		{"test_cases:\n- {in: 1.in, out: 1.out, points: -1}\n", "points: expected a number from 0"},
		{"test_cases:\n- {points: 1, batched: [{in: 1.in, out: 1.out}], dependencies: [1]}\n",
			"batch 1 depends on batch 1"},
		{"test_cases: {input_format: '(?=1)1'}\n", "no number of a case in \"1.in\""},
		{"test_cases:\n  input_format: '(?P<case>'\n", "init.yml:2:3: input_format: the pattern \"(?P<case>\""},
		{"test_cases: {case_points: [1, 2]}\n", "case_points has 2 numbers, but"},
		{"test_cases++: '[{}]'\n", "init.yml:1: key \"test_cases++\": computing values in Python"},
		{"test_cases:\n- {points: 1, in: 1.in, out+: '1'}\n", "init.yml:2: key \"out+\": computing values in Python"},
		{"test_cases:\n- batched: [{batched: [{}]}]\n", "init.yml:2:13: a batch within a batch"},
		{"test_cases:\n- batched: []\n", "batch 1 has no cases"},
		{"test_cases:\n- {in: 1.in, out: 1.out, checker: easy}\n",
			"init.yml:2: the checker \"easy\" of a single case is not supported"},
		{"generator: x.py\ntest_cases:\n- {in: 1.in, out: 1.out}\n- {points: 3}\n",
			"init.yml:1:12: generator: no file \"x.py\""},
		{"generator: {flags: [x]}\ntest_cases: [{points: 3}]\n", "init.yml:1:12: generator: expected a source"},
		{"generator: 1.in\ntest_cases: [{generator_args: 5}]\n", "init.yml:2:31: generator_args: expected a list"},
		{"generator: 1.in\ntest_cases: [{generator_args: [[5]]}]\n", "init.yml:2:32: generator_args: expected numbers"},
		{"generator: 1.in\ntest_cases: [{generator_in: none}]\n", "no file \"none\""},
		{list + "interactive: {files: c.py, type: peg}\n", "the type peg has no interactors"},
		{"generator: x.py\ntest_cases:\n- {in: 1.in, points: 3}\n", "init.yml:1:12: generator: no file"},
		{"generator: x.py\ntest_cases:\n- {in: 1.in, out: 1.out, generator_args: [1]}\n",
			"init.yml:3: generator_args: the case also has an input file"},
		{list + "checker: {name: floats, args: {precision: many}}\n",
			"checker floats: precision: \"many\" is not a number"},
		{list + "checker: {name: floats, args: {precision: null}}\n",
			"precision: \"<nil>\" is not a number from -300 to 400"},
		{list + "checker: {name: floats, args: {error_mode: x}}\n", "checker floats: unknown error_mode \"x\""},
		{list + "checker: {name: floatsabs, args: {error_mode: default}}\n",
			"checker floatsabs has no argument error_mode"},
		{list + "wall_time_factor: 0\n", "wall_time_factor: 0 is out of range"},
		{list + "output_limit_length: -1\n", "output_limit_length: -1 is out of range"},
		{"checker: easy\ntest_cases:\n- {in: 1.in, out: 1.out, checker: standard}\n",
			"init.yml:3: a checker of a single case is not supported"},
		{list + "checker: magic\n", `checker "magic" is not supported`},
		{list + "checker: {name: bridged, args: {files: none.cpp}}\n", `"none.cpp": no such file`},
		{list + "custom_judge: 1.in\n", "init.yml:12:1: custom_judge: 1.in is not an interactive grader"},
		{list + "interactive: {files: 1.in, type: magic}\n", "the type \"magic\" is not supported"},
		{list + "interactive: {files: [1.in, 1.out]}\n", "a program of several files must be in C or C++"},
		{list + "interactive: {files: [h.h]}\n", "files: expected a source"},
		{list + "interactive: {files: 1.in, args_format_string: '{x}'}\n", "unknown file in the arguments \"{x}\""},
		{list + "file_io: {input: ../x}\n", "a file name has a slash"},
		{"archive: none.zip\n", `"none.zip": no such file`},
		{"archive: 1.in\n", "init.yml:1:1: "},
		{"test_cases: [\n", "init.yml:"},
	} {
		_, err := Read(tree(t, row.yaml))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok || !strings.Contains(fault.Error(), row.want) {
			t.Errorf("%q: %v, want %s", row.yaml, err, row.want)
		}
	}
}

func TestDefaultsOfCases(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	p := read(t, tree(t,
		"in: 1.in\ntest_cases:\n- {points: 1}\n- {points: 2, out: 1.out}\n"+
			"- {points: 3, batched: [{in: 10.in}, {out: 10.out}], out: 1.out}\n"))
	if names(p) != "1 1 (2) 10 1 (3)" {
		t.Error(names(p))
	}
	for i, want := range []string{"", "1.out\n", "1.out\n", "10.out\n"} {
		if data, err := os.ReadFile(p.Tests[i].Answer); err != nil || string(data) != want {
			t.Errorf("%d: %q, %v", i, data, err)
		}
	}
	p = read(t, tree(t, "test_cases:\n- {points: 1}\n- {points: 1, time_limit: 3}\n"))
	if names(p) != "case 1 case 2" || len(p.Remarks) != 1 {
		t.Errorf("%s, %v", names(p), p.Remarks)
	}
}

// TestRequirements are dependencies by a former name, which the tests of the DMOJ's judge use.
func TestRequirements(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		FileName: "test_cases:\n- {points: 1, batched: [{in: 1.txt, out: 1.txt}]}\n" +
			"- {points: 1, batched: [{in: 1.txt, out: 1.txt}], requirements: [1]}\n", "1.txt": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if p := read(t, dir); len(p.Scoring.Groups()) != 2 || !slices.Equal(p.Scoring.Groups()[1].Requires, []string{"batch 1"}) {
		t.Errorf("%+v", p.Scoring.Groups())
	}
}

func TestGradersMustBeInteractors(t *testing.T) {
	dir := tree(t, list+"custom_judge: own.py\n", "own.py")
	source := "class Grader(InteractiveGrader):\n    def check_result(self, case, result):\n        return True\n"
	if err := os.WriteFile(filepath.Join(dir, "own.py"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Read(dir)
	if err == nil || !strings.Contains(err.Error(), "own.py has a method check_result") {
		t.Errorf("%v, want an error that names the method", err)
	}
}

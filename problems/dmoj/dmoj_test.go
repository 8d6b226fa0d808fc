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
		files[name] = name
	}
	if _, ok := files["talk.py"]; ok {
		files["talk.py"] = "from dmoj.graders.interactive import InteractiveGrader\n\nclass Grader(InteractiveGrader):\n    pass\n"
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

func TestAListOfCases(t *testing.T) {
	p := read(t, tree(t, list))
	if names(p) != "1 10 2.1 2.2 10 (2)" || !p.NoTimeLimit || !p.Checker.CaseSensitive {
		t.Errorf("%s, %+v", names(p), p)
	}
	want := []problems.Group{{Name: pretests, Rule: problems.PassFail}, {Name: single, Points: 10, Rule: problems.Sum}, {Name: "batch 1", Points: 20}, {Name: "batch 2", Points: 30}}
	for i, g := range p.Groups {
		if w := want[i]; g.Name != w.Name || g.Points != w.Points || g.Rule != w.Rule {
			t.Errorf("%+v, want %+v", g, w)
		}
	}
	if r := p.Groups[3].Requires; len(r) != 2 || r[0] != pretests || r[1] != "batch 1" {
		t.Errorf("%q", r)
	}
}

func TestCasesByTheirNames(t *testing.T) {
	p := read(t, tree(t, "points: 5\n"))
	if names(p) != "1 2.1 2.2 10" || len(p.Groups) != 2 || p.Groups[0].Points != 10 || p.Groups[1].Points != 5 {
		t.Errorf("%s, %+v", names(p), p.Groups)
	}
	p = read(t, tree(t, "test_cases: {input_format: '^a(?P<case>\\d+)$', output_format: '^b(?P<case>\\d+)$', case_points: [3]}\n", "a1", "b1", "a2", "b2"))
	if names(p) != "a1 a2" || p.Groups[0].Points != 4 {
		t.Errorf("%s, %+v", names(p), p.Groups)
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
	if err != nil || string(data) != "d/x.in" {
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
			return e.Protocol == problems.ICPC && e.Path == "" && e.Driver[0].Name == "__main__.py" && p.Tests[1].Args[0] == "easy"
		}},
		{"checker: c.py", func(p *problems.Problem) bool {
			return filepath.Base(p.Checker.External.Path) == "c.py" && p.Tests[1].Args[1] == `{"args":{},"points":10,"position":1,"problem":"sum"}`
		}},
		{"checker: {name: c.py, args: {most: 3}}", func(p *problems.Problem) bool { return strings.Contains(p.Tests[1].Args[1], `"args":{"most":3}`) }},
		{"custom_judge: talk.py", func(p *problems.Problem) bool {
			return p.Interactor.Driver != nil && p.Interactor.Protocol == problems.ICPC
		}},
		{"interactive: {files: c.cpp}", func(p *problems.Problem) bool { return p.Interactor.Protocol == problems.DMOJ }},
		{`interactive: {files: [h.h, c.cpp], args_format_string: '{input_file} {answer_file} -x "a b"'}`, func(p *problems.Problem) bool {
			return filepath.Base(p.Interactor.Path) == "c.cpp" && slices.Equal(p.Interactor.Args, []string{"-x", "a b"})
		}},
		{"checker: {name: floats, args: {precision: 4}}", func(p *problems.Problem) bool {
			return p.Checker.Tolerance.Absolute == 1e-4 && p.Checker.Tolerance.Relative == 1e-4
		}},
		{"checker: floatsabs", func(p *problems.Problem) bool {
			return p.Checker.Tolerance.Absolute == 1e-6 && p.Checker.Tolerance.Relative < 0
		}},
		{"checker: identical", func(p *problems.Problem) bool { return p.Checker.Compare == problems.Exact }},
		{"checker: rstripped", func(p *problems.Problem) bool { return p.Checker.Compare == problems.Lines }},
		{"checker: {name: bridged, args: {files: c.cpp, lang: CPP17, type: testlib}}", func(p *problems.Problem) bool {
			return p.Checker.External.Protocol == problems.Testlib
		}},
		{"checker: {name: bridged, args: {files: [c.cpp, testlib.h], lang: CPP17}}", func(p *problems.Problem) bool { return p.Checker.External.Protocol == problems.DMOJ }},
		{"interactive: {files: c.cpp, type: testlib}", func(p *problems.Problem) bool { return p.Interactor != nil }},
		{"signature_grader: {entry: c.cpp, header: h.h}", func(p *problems.Problem) bool { return len(p.Grader.Files["cpp"]) == 2 }},
		{"output_limit_length: 1000\nfile_io: {input: a, output: b}", func(p *problems.Problem) bool { return p.Limits.Output == 1000 && p.Files.Output == "b" }},
		{"surprise: 1", func(p *problems.Problem) bool { return len(p.Remarks) == 1 }},
	} {
		if p := read(t, tree(t, list+row.yaml+"\n", "c.cpp", "h.h", "testlib.h", "c.py", "talk.py")); !row.want(p) {
			t.Errorf("%s: %+v, %v", row.yaml, p, p.Remarks)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, row := range []struct{ yaml, want string }{
		{"test_cases: []\n", "there are no test cases"},
		{"test_cases:\n- {in: x, out: y}\n", `"x" is not there`},
		{"test_cases:\n- {in: ../x, out: y}\n", `"../x" is not there`},
		{"test_cases:\n- {in: 1.in, out: 1.out, points: -1}\n", "is not a number of points"},
		{"test_cases:\n- {points: 1, batched: [{in: 1.in, out: 1.out}], dependencies: [1]}\n", "batch 1 depends on batch 1"},
		{"test_cases: {input_format: '(?=x)'}\n", "the pattern \"(?=x)\" is not supported"},
		{list + "checker: magic\n", `the checker "magic" is not supported`},
		{list + "checker: {name: bridged, args: {files: none.cpp}}\n", `"none.cpp": no such file`},
		{list + "custom_judge: 1.in\n", "init.yml:12: custom_judge: 1.in is part of the DMOJ's own judge"},
		{list + "generator: x.py\n", "init.yml:12: generator"},
		{list + "interactive: {files: 1.in, type: magic}\n", "the type \"magic\" is not supported"},
		{list + "interactive: {files: [1.in, 1.out]}\n", "several sources"},
		{list + "interactive: {files: [h.h]}\n", "there are no files"},
		{list + "interactive: {files: 1.in, args_format_string: 'x'}\n", "the arguments \"x\" are not supported"},
		{list + "file_io: {input: ../x}\n", "lead elsewhere"},
		{"archive: none.zip\n", `"none.zip": no such file`},
		{"archive: 1.in\n", "init.yml:1: "},
		{"test_cases: [\n", "init.yml:"},
	} {
		_, err := Read(tree(t, row.yaml))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok || !strings.Contains(fault.Error(), row.want) {
			t.Errorf("%q: %v, want %s", row.yaml, err, row.want)
		}
	}
}

func TestWhatACaseDoesNotSay(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	p := read(t, tree(t, "in: 1.in\ntest_cases:\n- {points: 1}\n- {points: 2, out: 1.out}\n- {points: 3, batched: [{in: 10.in}, {out: 10.out}], out: 1.out}\n"))
	if names(p) != "1 1 (2) 10 1 (3)" {
		t.Error(names(p))
	}
	for i, want := range []string{"", "1.out", "1.out", "10.out"} {
		if data, err := os.ReadFile(p.Tests[i].Answer); err != nil || string(data) != want {
			t.Errorf("%d: %q, %v", i, data, err)
		}
	}
	p = read(t, tree(t, "test_cases:\n- {points: 1}\n- {points: 1, time_limit: 3}\n"))
	if names(p) != "case 1 case 2" || len(p.Remarks) != 1 {
		t.Errorf("%s, %v", names(p), p.Remarks)
	}
}

func TestSubmissionsOfTheTestSuite(t *testing.T) {
	dir := tree(t, list)
	for name, text := range map[string]string{
		"right/test.yml": "language: PY3\ntime: 2\nmemory: 65536\nsource: a.py\n", "right/a.py": "",
		"half/test.yml": "language: CPP17\ntime: 1\nmemory: 1024\nsource: [a.cpp, b.cpp]\nexpect: [WA, IR]\ncases: {1: AC, 2: '*'}\n", "half/a.cpp": "", "half/b.cpp": "",
		"skips/test.yml": "language: JAVA8\ntime: 1\nmemory: 1024\nsource: a.java\ncases: [AC, WA, SC]\n", "skips/a.java": "",
		"broken/test.yml": "language: C\ntime: 1\nmemory: 1024\nsource: a.c\nexpect: CE\n", "broken/a.c": "",
		"old/test.yml": "language: PY2\ntime: 1\nmemory: 1024\nsource: a.py\n", "fails/test.yml": "language: C\ntime: 1\nmemory: 1024\nsource: a.c\nexpect: IE\n",
	} {
		full := filepath.Join(dir, "tests", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	p := read(t, dir)
	if p.NoTimeLimit || p.Limits.Time != 2*time.Second || p.Limits.Memory != 64*problems.MiB || len(p.Remarks) != 2 || len(p.Submissions) != 5 {
		t.Fatalf("%+v, %v", p, p.Remarks)
	}
	var got []string
	for _, s := range p.Submissions {
		words := filepath.Base(filepath.Dir(s.Path)) + "/" + filepath.Base(s.Path) + " " + s.Language
		for _, v := range s.Expect {
			words += " " + v.String()
		}
		for _, d := range s.Demands {
			words += fmt.Sprintf(" %q:%v", d.Tests, d.Permitted)
		}
		got = append(got, words)
	}
	want := []string{
		`broken/a.c c CE`, `half/a.cpp cpp17 ["1"]:[AC] ["2.1" "2.2" "10 (2)"]:[WA RTE]`, `half/b.cpp cpp17 ["1"]:[AC] ["2.1" "2.2" "10 (2)"]:[WA RTE]`,
		`right/a.py python3 AC`, `skips/a.java java ["1"]:[AC] ["10"]:[WA] ["2.2" "10 (2)"]:[AC]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestRequirements are dependencies by an earlier name, as a problem of the judge's own tests has it.
func TestRequirements(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		FileName: "test_cases:\n- {points: 1, batched: [{in: 1.txt, out: 1.txt}]}\n- {points: 1, batched: [{in: 1.txt, out: 1.txt}], requirements: [1]}\n", "1.txt": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if p := read(t, dir); len(p.Groups) != 2 || !slices.Equal(p.Groups[1].Requires, []string{"batch 1"}) {
		t.Errorf("%+v", p.Groups)
	}
}

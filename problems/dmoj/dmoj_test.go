package dmoj

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

func tree(t *testing.T, yaml string, others ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "sum")
	files := map[string]string{FileName: yaml}
	for _, name := range append(others, "1.in", "1.out", "2.1.in", "2.1.out", "2.2.in", "2.2.out", "10.in", "10.out") {
		files[name] = name
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
		{"checker: easy", func(p *problems.Problem) bool { return !p.Checker.CaseSensitive }},
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
		if p := read(t, tree(t, list+row.yaml+"\n", "c.cpp", "h.h", "testlib.h")); !row.want(p) {
			t.Errorf("%s: %+v, %v", row.yaml, p, p.Remarks)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, row := range []struct{ yaml, want string }{
		{"test_cases: []\n", "there are no test cases"},
		{"test_cases:\n- {in: x, out: y}\n", `"x" or "y" is not there`},
		{"test_cases:\n- {in: ../x, out: y}\n", `"../x" or "y" is not there`},
		{"test_cases:\n- {in: 1.in, out: 1.out, points: -1}\n", "is not a number of points"},
		{"test_cases:\n- {points: 1, batched: [{in: 1.in, out: 1.out}], dependencies: [1]}\n", "batch 1 depends on batch 1"},
		{"test_cases: {input_format: '(?=x)'}\n", "the pattern \"(?=x)\" is not supported"},
		{list + "checker: magic\n", `the checker "magic" is not supported`},
		{list + "checker: {name: bridged, args: {files: none.cpp}}\n", `"none.cpp": no such file`},
		{list + "custom_judge: x.py\n", "init.yml:12: custom_judge"},
		{list + "interactive: {files: 1.in}\n", "the type \"\" is not supported"},
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

package convert

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/formats"
)

// TestExamplesForTheDMOJ converts every example that init.yml can express, and reads the result.
func TestExamplesForTheDMOJ(t *testing.T) {
	converted := 0
	for _, spec := range examples(t) {
		name := filepath.Base(filepath.Dir(spec))
		before, err := formats.Open(spec)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "out")
		if _, err = DMOJ(before, dir); err != nil {
			t.Log(name, err)
			if left, _ := os.ReadDir(dir); len(left) > 0 || !strings.Contains(err.Error(), "cannot express") {
				t.Errorf("%s: %v; %v is left", name, err, left)
			}
			continue
		}
		converted++
		after, err := formats.Open(dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if after.Format != "DMOJ" || len(after.Tests) != len(before.Tests) {
			t.Errorf("%s: %s, %d tests", name, after.Format, len(after.Tests))
		}
		for i, was := range before.Tests {
			sameContent(t, name, was.Input, after.Tests[i].Input)
			sameContent(t, name, was.Answer, after.Tests[i].Answer)
		}
		after.Close()
	}
	if converted < 3 {
		t.Errorf("%d examples were converted", converted)
	}
}

// sameContent compares files, except for the end of the last line.
func sameContent(t *testing.T, name, before, after string) {
	t.Helper()
	var contents []string
	for _, file := range []string{before, after} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		contents = append(contents, strings.TrimSuffix(string(data), "\n"))
	}
	if contents[0] != contents[1] {
		t.Errorf("%s: %q became %q", name, contents[0], contents[1])
	}
}

// madeProblem is a problem with tests that a generator made, one that is a file, and a model solution.
func madeProblem(t *testing.T) *problems.Problem {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"problem.yaml": "problem_format_version: 2025-09\nname: Made\nuuid: 3b3a6e0c-3bd5-4c8f-8d2b-24be31d5d8a6\n" +
			"limits: {time_limit: 2}\n",
		"generators/gen.py": "import lib\n", "generators/lib.py": "x = 1\n", "generators/one.cpp": "#include \"one.h\"\n",
		"generators/one.h": "", "generators/manual/m.in": "5\n", "generators/manual/m.ans": "5\n",
		"generators/generators.yaml": "solution: /submissions/accepted/s.py\ngenerators: {g: [gen.py, lib.py]}\n" +
			"data:\n  sample: {data: {s: {copy: manual/m}}}\n  secret:\n    data:\n" +
			"    - a: g 'x y' {seed}\n    - b: one.cpp 7\n    - c: {copy: manual/m, yaml: {hint: none}}\n",
		"submissions/accepted/s.py": "print(input())\n", "statement/problem.en.tex": "\\problemname{Made}\n",
		"data/sample/s.in": "5\n", "data/sample/s.ans": "5\n", "data/secret/1-a.in": "1\n", "data/secret/1-a.ans": "1\n",
		"data/secret/2-b.in": "2\n", "data/secret/2-b.ans": "2\n", "data/secret/3-c.in": "5\n",
		"data/secret/3-c.ans": "5\n",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := formats.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestRecipesBecomeGenerators: they read back equal, and so do those of a second conversion.
func TestRecipesBecomeGenerators(t *testing.T) {
	before := madeProblem(t)
	for round := range 2 {
		to := filepath.Join(t.TempDir(), "made.zip")
		lost, err := To(ICPC, before, to)
		if err != nil {
			t.Fatal(err)
		}
		if len(lost) > 0 {
			t.Errorf("round %d: lost %q", round, lost)
		}
		after, err := formats.Open(to)
		if err != nil {
			t.Fatal(err)
		}
		defer after.Close()
		if len(after.Remarks) > 0 {
			t.Errorf("round %d: %v", round, after.Remarks)
		}
		for i, name := range []string{"", "gen.py", "one.cpp", ""} {
			sameContent(t, "input", before.Tests[i].Input, after.Tests[i].Input)
			r := after.Tests[i].Recipe
			if r == nil || (r.Program != nil) != (name != "") {
				t.Fatalf("round %d: test %d: %+v", round, i, r)
			}
			was := before.Tests[i].Recipe
			if name != "" && (filepath.Base(r.Program.Path) != name || !slices.Equal(r.Args, was.Args)) {
				t.Errorf("round %d: %s %q, was %q", round, r.Program.Path, r.Args, was.Args)
			}
		}
		if s := after.Solution(); s == nil || filepath.Base(s.Path) == "" {
			t.Errorf("round %d: no model solution", round)
		}
		// Without data, every test is made.
		before = after
	}
}

func TestArchivesAreNotOverwritten(t *testing.T) {
	to := filepath.Join(t.TempDir(), "there.zip")
	if err := os.WriteFile(to, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := To(ICPC, madeProblem(t), to); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Error(err)
	}
	if data, err := os.ReadFile(to); string(data) != "mine" {
		t.Error(data, err)
	}
}

// TestGeneratorsForTheDMOJ: an input that is not a file there is the generator's stdout, so only such recipes are
// written.
func TestGeneratorsForTheDMOJ(t *testing.T) {
	p := madeProblem(t)
	one := p.Tests[2].Recipe
	one.Input = problems.Source{Origin: problems.FromStdout}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := DMOJ(p, dir); err != nil {
		t.Fatal(err)
	}
	after, err := formats.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	r := after.Tests[2].Recipe
	if r == nil || after.Tests[2].Input != "" || !slices.Equal(r.Args, one.Args) || after.Tests[1].Recipe != nil {
		t.Errorf("%+v", after.Tests)
	}
}

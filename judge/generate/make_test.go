package generate

import (
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

// sumProblem returns a problem whose tests are made: by a generator in Python with the modes of the arguments, and a
// solution in C that adds.
func sumProblem(t *testing.T) (p *problems.Problem, generator *problems.External) {
	t.Helper()
	p = emptyProblem(t)
	generator = &problems.External{Path: program(t, p, "generators/gen.py", `import os, sys
mode, n = sys.argv[1], sys.argv[2]
if mode == 'crash': print('about to fail', file=sys.stderr); sys.exit(7)
if mode == 'flood': sys.stdout.write('1 ' * (2 << 20))
if mode == 'hang':
    while True: pass
if mode == 'random': n = str(int.from_bytes(os.urandom(4), 'big'))
if mode == 'file': open('in.txt', 'w').write(n + ' 1\n'); open('out.txt', 'w').write('preset\n')
if mode == 'many':
    for i in range(int(n)): open('t%d.in' % i, 'w').write('%d 5\n' % i)
    os.symlink('/etc/passwd', 'z.in')
if mode == 'stdin': n = sys.stdin.read().strip()
print(n, 2)
print('answer', n, file=sys.stderr)
`)}
	path := program(t, p, "submissions/sum.c", "#include <stdio.h>\nint main() { int a, b; "+
		"if (scanf(\"%d %d\", &a, &b) < 2) return 1; printf(\"%d\\n\", a + b); return a == 13 ? 9 : 0; }\n")
	p.Submissions = []problems.Submission{{Path: path, Model: true, Expect: []problems.Verdict{problems.AC}}}
	return p, generator
}

// add adds a test with a recipe to a problem.
func add(p *problems.Problem, name string, r problems.Recipe) {
	r.File, r.Row, r.Column = "tests.txt", len(p.Tests)+1, 1
	p.Tests = append(p.Tests, problems.TestCase{Name: name, Recipe: &r})
}

// contents returns the inputs and answers of a problem's tests: "name: input -> answer".
func contents(t *testing.T, p *problems.Problem) (all []string) {
	t.Helper()
	for _, test := range p.Tests {
		input, err := os.ReadFile(test.Input)
		answer, err2 := os.ReadFile(test.Answer)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s: %s -> %s", test.Name,
			strings.TrimSpace(string(input)), strings.TrimSpace(string(answer))))
	}
	return all
}

func source(o problems.Origin, name string) problems.Source {
	return problems.Source{Origin: o, Name: name}
}

// stdoutOf returns the recipe whose input is what a generator prints.
func stdoutOf(generator *problems.External, args ...string) problems.Recipe {
	return problems.Recipe{Program: generator, Args: args, Input: source(problems.FromStdout, "")}
}

// fullProblem returns a problem with a test for each origin of inputs and answers.
func fullProblem(t *testing.T) *problems.Problem {
	p, gen := sumProblem(t)
	add(p, "plain", stdoutOf(gen, "plain", "3"))
	shared := stdoutOf(gen, "file", "4")
	add(p, "shared-stdout", shared)
	shared.Input, shared.Answer = source(problems.FromRunFile, "in.txt"), source(problems.FromRunFile, "out.txt")
	add(p, "shared-files", shared)
	fromStderr := stdoutOf(gen, "plain", "6")
	fromStderr.Answer = source(problems.FromStderr, "")
	add(p, "stderr", fromStderr)
	add(p, "text", problems.Recipe{Input: source(problems.FromText, "7 7\n")})
	add(p, "path", problems.Recipe{
		Input: source(problems.FromPath, program(t, p, "data/x", "8 9\n")), Answer: source(problems.FromNothing, ""),
	})
	stdin := stdoutOf(gen, "stdin", "0")
	stdin.Stdin = program(t, p, "data/stdin", "10")
	add(p, "stdin", stdin)
	for _, mode := range []string{"file", "plain"} {
		optional := problems.Recipe{Program: gen, Args: []string{mode, "11"}}
		optional.Input = problems.Source{Origin: problems.FromRunFile, Name: "in.txt", Optional: true}
		optional.Answer = problems.Source{Origin: problems.FromRunFile, Name: "out.txt", Optional: true}
		add(p, "optional-"+mode, optional)
	}
	file := program(t, p, "data/file.in", "1 1\n")
	p.Tests = append(p.Tests, problems.TestCase{Name: "file", Input: file, Answer: file})
	batch := problems.Recipe{Program: gen, Args: []string{"many", "3"}}
	p.Batches = []problems.Batch{{Recipe: batch, Complete: func(files []string) error {
		for _, name := range files {
			one := batch
			one.Input = source(problems.FromRunFile, name)
			add(p, name, one)
		}
		return nil
	}}}
	return p
}

func TestMakeTakesEverySource(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // no other judge leaves anything there
	j := jailed(t)
	want := []string{
		"plain: 3 2 -> 5", "shared-stdout: 4 2 -> 6", "shared-files: 4 1 -> preset", "stderr: 6 2 -> answer 6",
		"text: 7 7 -> 14", "path: 8 9 -> ", "stdin: 10 2 -> 12",
		"optional-file: 11 1 -> preset", "optional-plain: 11 2 -> 13", "file: 1 1 -> 1 1",
		"t0.in: 0 5 -> 5", "t1.in: 1 5 -> 6", "t2.in: 2 5 -> 7",
	}
	for _, run := range []struct {
		name   string
		maker  Maker
		cached bool
	}{
		{"first", Maker{Judge: j, Cache: j.Cache.Cache}, false}, {"again", Maker{Judge: j, Cache: j.Cache.Cache}, true},
		{"without a cache", Maker{Judge: j}, false},
		{"fresh", Maker{Judge: j, Cache: j.Cache.Cache, Fresh: true}, false},
	} {
		p := fullProblem(t)
		var last Progress
		run.maker.Observe = func(o Progress) { last = o }
		made, err := run.maker.Make(t.Context(), p)
		if err != nil {
			t.Fatalf("%s: %v", run.name, err)
		}
		if got := contents(t, p); !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nexpected\n%s", run.name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		i := slices.IndexFunc(made.Tests, func(o Test) bool { return o.Name == "plain" })
		if len(made.Tests) != 12 || made.Tests[i].Cached != run.cached || made.Tests[i].Bytes != 4 {
			t.Errorf("%s: made %+v, expected 12 tests, cached %t", run.name, made.Tests, run.cached)
		}
		if last.Made != last.All || last.All != 12 {
			t.Errorf("%s: the last progress is %+v, expected 12 of 12", run.name, last)
		}
		if err := made.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "judge-program-*")); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestFailuresNameRecipeTestAndCommand(t *testing.T) {
	j := jailed(t)
	noModel := func(p *problems.Problem) { p.Submissions = nil }
	for _, row := range []struct {
		args   []string
		change func(p *problems.Problem)
		want   string
	}{
		{[]string{"crash", "a b"}, nil,
			"tests.txt:1:1: test one: generator gen.py crash \"a b\": RTE exit 7\n  about to fail"},
		{[]string{"flood", "1"}, func(p *problems.Problem) { p.Limits.GenerationOutput = problems.MiB },
			"tests.txt:1:1: test one: generator gen.py flood 1: OLE: wrote more than the 1 MiB of generation_output"},
		{[]string{"hang", "1"}, func(p *problems.Problem) { p.Limits.ValidationTime = time.Second },
			"tests.txt:1:1: test one: generator gen.py hang 1: " +
				"TLE cpu: still running after the 1 s of validation_time"},
		{[]string{"plain", "13"}, nil, "tests.txt:1:1: test one: model solution sum.c: RTE exit 9"},
		{[]string{"plain", "1"}, noModel, "tests.txt:1:1: test one: answer: no model solution to make it\n" +
			"hint: name the solution that makes the answers, or add the answer as a file"},
		{[]string{"plain", "1"}, func(p *problems.Problem) {
			p.Tests[0].Recipe.Input = source(problems.FromRunFile, "no/x")
		},
			"tests.txt:1:1: test one: generator gen.py plain 1: did not write the file \"no/x\"\n  answer 1"},
		{[]string{"plain", "1"}, func(p *problems.Problem) { p.Tests[0].Recipe.AnswerSHA256 = "00" },
			"tests.txt:1:1: test one: model solution: the answer has SHA-256 " +
				"1121cfccd5913f0a63fec40a6ffd44ea64f9dc135c66634ba001d10bcf4302a2, the package states 00"},
		{[]string{"plain", "5"}, func(p *problems.Problem) {
			path := program(t, p, "validate.py",
				"import sys\nif input() == '5 2': print('5 is odd'); sys.exit(43)\nsys.exit(42)\n")
			p.InputValidators = []problems.Validator{{Path: path}}
		}, "tests.txt:1:1: test one: generator gen.py plain 5: validator validate.py rejects the input: 5 is odd"},
	} {
		p, gen := sumProblem(t)
		add(p, "one", stdoutOf(gen, row.args...))
		if row.change != nil {
			row.change(p)
		}
		_, err := Maker{Judge: j, Cache: j.Cache.Cache}.Make(t.Context(), p)
		var f *Failure
		if !errors.As(err, &f) || err.Error() != row.want {
			t.Errorf("%q: got\n%v\nexpected\n%s", row.args, err, row.want)
		}
	}
}

// TestValidatorsReadNewInputsOnly counts the runs of a validator by the jails that are made.
func TestValidatorsReadNewInputsOnly(t *testing.T) {
	j := jailed(t)
	runs := 0
	inner := j.Run
	j.Cores = j.Cores[:1]
	j.Run = counting(inner, &runs)
	make := func(code string) int {
		p, gen := sumProblem(t)
		validator := program(t, p, "validate.py", "import sys\nsys.exit(42)\n"+code)
		p.InputValidators = []problems.Validator{{Path: validator}}
		add(p, "one", stdoutOf(gen, "plain", "1"))
		add(p, "two", stdoutOf(gen, "plain", "2"))
		runs = 0
		made, err := Maker{Judge: j, Cache: j.Cache.Cache}.Make(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if err := made.Close(); err != nil {
			t.Error(err)
		}
		return runs
	}
	if first := make(""); first < 6 {
		t.Errorf("%d runs at first, expected at least 6: 2 of the generator, the validator and the solution", first)
	}
	if again := make(""); again != 0 {
		t.Errorf("%d runs again, expected none", again)
	}
	if changed := make("# changed\n"); changed != 3 {
		t.Errorf("%d runs after the validator has changed, expected 3: its compiler, and 2 of it", changed)
	}
}

package native

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// making is the small problem with generators and scripts.
func making() map[string]string {
	files := small()
	maps.Copy(files, map[string]string{
		"generators/random.py": "", "generators/line.cpp": "", "generators/line.h": "", "generators/two.py": "",
		"generators/two.cpp": "", "generators/folder/main.cpp": "", "other/gen.py": "", "top.py": "",
		"generators/out.py": "-> /etc/hostname", "in.txt": "", "lone/7.in": "",
		"tests.txt": "# comment\na-{1..3}  random --n {4..6} --seed {seed} # more\n\n b 'line' \"x y\" ''\n",
		"nameless.txt": "\nrandom other/gen.py\n  random x\n", "flag.txt": "random -n 1\n", "open.txt": "a random 'x\n",
		"empty.txt": "# nothing\n", "twice.txt": "1 random 9\n",
	})
	return files
}

// summary describes the made tests of a problem, one a line.
func summary(p *problems.Problem) string {
	var b strings.Builder
	for _, t := range p.Tests {
		r := t.Recipe
		if r == nil {
			fmt.Fprintf(&b, "%s file\n", t.Name)
			continue
		}
		program := "-"
		if r.Program != nil {
			program, _ = filepath.Rel(p.Dir, r.Program.Path)
		}
		name := func(s problems.Source) string {
			if rel, err := filepath.Rel(p.Dir, s.Name); s.Origin == problems.FromPath && err == nil {
				return rel
			}
			return s.Name
		}
		fmt.Fprintf(&b, "%s %s %q %d:%q %d:%q %s:%d:%d", t.Name, program, r.Args, r.Input.Origin, name(r.Input),
			r.Answer.Origin, name(r.Answer), filepath.Base(r.File), r.Row, r.Column)
		if t.Sample {
			b.WriteString(" sample")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestRecipes(t *testing.T) {
	const end = "solution: s/right.py\n"
	for _, row := range []struct{ spec, want string }{
		{"generate: tests.txt\n", `
a-1 generators/random.py ["--n" "4" "--seed" "918496543"] 1:"" 0:"" tests.txt:2:1
a-2 generators/random.py ["--n" "5" "--seed" "991851358"] 1:"" 0:"" tests.txt:2:1
a-3 generators/random.py ["--n" "6" "--seed" "1941117484"] 1:"" 0:"" tests.txt:2:1
b generators/line.cpp ["x y" ""] 1:"" 0:"" tests.txt:4:2
`},
		{"generate:\n  - {name: \"g/{08..10}\", run: \"folder {1..3}\", group: sample}\n  - {name: z, text: \"0\\n\", sample: true}\n", `
g/08 generators/folder ["1"] 1:"" 0:"" problem.yaml:3:31 sample
g/09 generators/folder ["2"] 1:"" 0:"" problem.yaml:3:31 sample
g/10 generators/folder ["3"] 1:"" 0:"" problem.yaml:3:31 sample
z - [] 5:"0\n" 0:"" problem.yaml:4:21 sample
`},
		{"generate:\n  - {name: \"{1..2}\", run: other/gen.py, stdin: in.txt, input_file: \"{1..2}.in\", answer_file: \"{1..2}.a\"}\n", `
1 other/gen.py [] 3:"1.in" 3:"1.a" problem.yaml:3:27
2 other/gen.py [] 3:"2.in" 3:"2.a" problem.yaml:3:27
`},
		{"generate:\n  - {name: e, run: top.py, answer_from: stderr}\n  - {name: f, run: random.py 1, answer: \"tests/1.ans\"}\n", `
e top.py [] 1:"" 2:"" problem.yaml:3:20
f generators/random.py ["1"] 1:"" 4:"tests/1.ans" problem.yaml:4:20
`},
		{"tests: lone/*.in\n", "\n7 - [] 4:\"lone/7.in\" 0:\"\" problem.yaml:2:8\n"},
	} {
		p, err := read(directory(t, "", making()), []byte("name: P\n"+row.spec+end))
		if err != nil {
			t.Errorf("%s: %v", row.spec, err)
			continue
		}
		if got := "\n" + summary(p); got != row.want {
			t.Errorf("%s: got %swant %s", row.spec, got, row.want)
		}
		if s := p.Solution(); s == nil || s.Listed != "s/right.py" || fmt.Sprint(s.Expect) != "[AC]" {
			t.Errorf("%s: the solution is %+v", row.spec, s)
		}
	}
}

func TestFaultsOfRecipes(t *testing.T) {
	path := directory(t, "", making())
	one := func(entry string) string { return "name: P\nsolution: s/right.py\ngenerate:\n- " + entry + "\n" }
	for _, row := range []fault{
		{"name: P\ngenerate: tests.txt\n", "tests.txt:2:1: no solution makes the answer of \"a-1\"\nhint: add solution: PATH"},
		{"name: P\ntests: lone/*.in\n", "2:8: lone/7.in has no answer file"},
		{"name: P\nsolution: s/right.py\n", "1:1: the key \"tests\" is missing\nhint: add tests: GLOB, or generate: SCRIPT"},
		{one("{name: a, run: randon 1}"), "4:18: no generator \"randon\"\nhint: did you mean \"random\"?"},
		{one("{name: a, run: gen 1}"), "4:18: no generator \"gen\"\nhint: add generators/gen.py"},
		{one("{name: a, run: two 1}"), "\"two\" may be generators/two.cpp or generators/two.py"},
		{one("{name: a, run: ../x}"), "\"../x\" leads out of"},
		{one("{name: a, run: /bin/sh}"), "4:18: \"/bin/sh\" leads out of the problem's directory"},
		{one("{name: a, run: out}"), "is a link that"},
		{one("{name: a, run: random {seed}}"), "not YAML: did not find expected ',' or '}'\nhint: quote a text that holds { or }"},
		{one("{name: a, run: ''}"), "4:18: the command is empty"},
		{one("{name: a, run: \"random 'x\"}"), "4:18: the quote ' is not closed"},
		{one("{name: \"a-{1..3}\", run: \"random {1..4}\"}"), "the ranges have different lengths: {1..3} has 3 numbers, {1..4} has 4"},
		{one("{name: a, run: \"random {1..4}\"}"), "4 tests would be named \"a\"\nhint: write a range in the name too: \"a-{1..4}\""},
		{one("{name: \"a-{3..1}\", run: random}"), "{3..1} counts down\nhint: write {1..3}"},
		{one("{name: \"a-{1-3}\", run: random}"), "{1-3} is not a range\nhint: write {A..B}"},
		{one("{name: a, run: \"random {Seed}\"}"), "unknown hole {Seed}\nhint: write {seed}"},
		{one("{name: \"a{seed}\", run: random}"), "{seed} in \"a{seed}\": expected it in an argument"},
		{one("{name: \"a-{1..200000}\", run: \"random {1..200000}\"}"), "more than 100000 tests"},
		{one("{name: a, run: random}\n- {name: a, run: random 1}"), "5:18: two tests are named \"a\": the first one is at"},
		{one("{name: a, run: random}\n- {name: b, run: generators/random.py}"), "5:18: the tests \"a\" and \"b\" have the same recipe:"},
		{one("{name: \"a-{1..2}\", run: \"random 5\"}"), "the tests \"a-1\" and \"a-2\" have the same recipe"},
		{one("{name: ../a, run: random}"), "\"../a\" is not the name of a test"},
		{one("{name: a}"), "4:3: expected one of \"run\", \"text\" and \"script\""},
		{one("{run: random}"), "4:3: the key \"name\" is missing"},
		{one("{name: a, rum: random}"), "unknown key \"rum\"\nhint: did you mean \"run\"?"},
		{one("{name: a, command: random}"), "unknown key \"command\"\nhint: did you mean \"run\"?"},
		{one("{name: a, script: tests.txt}"), "4:10: \"name\" next to \"script\""},
		{one("{name: a, run: random, text: x}"), "\"text\" next to \"run\""},
		{one("{name: a, text: x, stdin: in.txt}"), "\"stdin\" next to \"text\""},
		{one("{name: a, run: random, answer: in.txt, answer_from: stderr}"), "several sources of the answer"},
		{one("{name: a, run: random, answer_from: stdeer}"), "unknown source of answers \"stdeer\"\nhint: did you mean \"stderr\"?"},
		{one("{name: a, run: random, input_file: ../x}"), "\"../x\" is not the name of a file in the working directory"},
		{one("{name: a, run: random, answer: none.ans}"), "\"none.ans\": no such file"},
		{one("random 1"), "\"random 1\": no such file: expected a script\nhint: write {name: NAME, run: random 1}"},
		{one("{script: nameless.txt}"), "nameless.txt:3:3: the line has no name: expected NAME PROGRAM ARG...\nhint: write a name before the program, as in: small-1  random x"},
		{one("{script: flag.txt}"), "flag.txt:1:1: the line has no name"},
		{one("{script: open.txt}"), "open.txt:1:10: the quote ' is not closed"},
		{one("{script: empty.txt}"), "empty.txt:1:1: the script has no recipe"},
		{"name: P\nsolution: s/right.py\ntests: tests/*.in\ngenerate: twice.txt\n", "twice.txt:1:1: two tests are named \"1\": the first one is at"},
		{"name: P\nsolution: s/rigth.py\ntests: tests/*.in\n", "2:11: \"s/rigth.py\": no such file\nhint: did you mean \"s/right.py\"?"},
		{"name: P\nsolution: s/right.py\ntests: tests/*.in\nsubmissions: [{path: s, model: true}]\n", "2:11: two model solutions"},
		{"name: P\ntests: tests/*.in\nsubmissions: [{path: s, model: true}, {path: s/right.py, model: true}]\n", "two model solutions: \"s\" and \"s/right.py\""},
		{"name: P\nsolution: s/right.py\ntests: tests/*.in\nsubmissions: [{path: s/right.py, expect: WA}]\n", "is not expected to be AC"},
		{"name: P\ntests: tests/*.in\nstress: random 5\n", "3:9: the command has neither {seed} nor a range"},
		{"name: P\ntests: tests/*.in\nstress: [random]\n", "3:9: expected a command, found a list"},
		{"name: P\ntests: tests/*.in\nstress: \"randon {seed}\"\n", "3:9: no generator \"randon\"\nhint: did you mean \"random\"?"},
	} {
		p, err := read(path, []byte(row.spec))
		if err == nil {
			t.Errorf("%s: read as %+v", row.spec, p)
		} else if !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "\nhint: ") {
			t.Errorf("%s:\n got %v\nwant %s", row.spec, err, row.want)
		}
	}
}

func TestStressTemplate(t *testing.T) {
	p, err := read(directory(t, "", making()), []byte("name: P\ntests: tests/*.in\nstress: random {1..8} {seed}\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := p.Stress
	if s == nil || filepath.Base(s.Program.Path) != "random.py" || fmt.Sprint(s.Words) != "[{1..8} {seed}]" || !s.Recipe.Seeded {
		t.Errorf("got %+v", s)
	}
}

// TestMissingAnswersWithoutModel: a program that decides by itself needs no answers.
func TestMissingAnswersWithoutModel(t *testing.T) {
	files := making()
	p, err := read(directory(t, "", files), []byte("name: P\ntests: lone/*.in\ngenerate: tests.txt\n"+
		"interactor: {program: s/right.py, protocol: icpc}\n"))
	if err != nil || len(p.Tests) != 5 || p.Solution() != nil {
		t.Errorf("got %+v, %v", p, err)
	}
}

package icpc

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// madeFiles is a package whose tests are all made, merged with other files.
func madeFiles(yaml string, over map[string]string) map[string]string {
	files := map[string]string{
		"problem.yaml":               "problem_format_version: 2025-09\nname: Hello\n",
		"generators/gen.py":          "print(1)\n",
		"generators/lib.py":          "x = 1\n",
		"generators/manual/1.in":     "1\n",
		"generators/manual/1.ans":    "1\n",
		"generators/manual/1.yaml":   "args: [x]\n",
		"generators/generators.yaml": yaml,
		"submissions/accepted/s.py":  "print(input())\n",
		"submissions/accepted/t.cpp": "int main() {}\n",
	}
	for name, content := range over {
		files[name] = content
	}
	return files
}

// sourceWords describes where an input or an answer comes from.
func sourceWords(dir string, s problems.Source) string {
	origins := []string{"model", "stdout", "stderr", "file", "path", "text", "nothing"}
	words := origins[s.Origin]
	if s.Name != "" {
		words += fmt.Sprintf(" %q", strings.TrimPrefix(s.Name, dir+"/"))
	}
	if s.Optional {
		words += "?"
	}
	return words
}

// recipes describes the tests of a problem and how they are made.
func recipes(p *problems.Problem) string {
	var lines []string
	for _, t := range p.Tests {
		line := t.Name
		if t.Input != "" {
			line += " input"
		}
		if t.Answer != "" {
			line += " answer"
		}
		if r := t.Recipe; r != nil {
			if r.Program != nil {
				line += fmt.Sprintf(" %s %q", filepath.Base(r.Program.Path), r.Args)
			}
			line += " in " + sourceWords(p.Dir, r.Input) + " ans " + sourceWords(p.Dir, r.Answer)
			if r.Seeded {
				line += " seeded"
			}
		}
		lines = append(lines, line)
	}
	if s := p.Solution(); s != nil {
		lines = append(lines, "model "+s.Listed)
	}
	return strings.Join(lines, "\n")
}

func TestRecipes(t *testing.T) {
	const run = `in file "testcase.in"? ans file "testcase.ans"?`
	interactive := map[string]string{
		"problem.yaml": "problem_format_version: 2025-09\nname: x\ntype: interactive\n", "output_validator/v.py": "",
	}
	for _, row := range []struct {
		what, yaml string
		over       map[string]string
		made       string
	}{
		{"a generator", "data: {secret: {data: {a: gen.py 3}}}\n", nil,
			`secret/a gen.py ["3"] ` + run + "\nmodel submissions/accepted/t.cpp"},
		{"a solution", "solution: /submissions/accepted/s.py\ndata: {secret: {data: {a: gen.py}}}\n", nil,
			"secret/a gen.py [] " + run + "\nmodel submissions/accepted/s.py"},
		{"a solution that is no submission", "solution: /generators/gen.py\ndata: {secret: {data: {a: gen.py}}}\n", nil,
			"secret/a gen.py [] " + run + "\nmodel generators/gen.py"},
		{"texts", "data: {sample: {data: {a: {in: '1', ans: '2'}, b: {in: '', ans: ''}}}}\n", nil,
			"sample/a in text \"1\\n\" ans text \"2\\n\"\nsample/b in nothing ans nothing"},
		{"copied files", "data: {secret: {data: {a: {copy: manual/1}}}}\n", nil,
			`secret/a in path "generators/manual/1.in" ans path "generators/manual/1.ans"`},
		{"a generator with a copied answer", "data: {secret: {data: {a: {copy: manual/2, generate: gen.py}}}}\n",
			map[string]string{"generators/manual/2.ans": "x"},
			`secret/a gen.py [] in file "testcase.in"? ans path "generators/manual/2.ans"`},
		{"a generator of several files", "generators: {g: [gen.py, lib.py]}\ndata: {secret: {data: {a: 'g {seed}'}}}\n", nil,
			`secret/a gen.py ["837563164"] ` + run + " seeded\nmodel submissions/accepted/t.cpp"},
		{"files of some tests", "data: {secret: {data: {a: gen.py 1, b: gen.py 2}}}\n",
			map[string]string{"data/secret/a.in": "", "data/secret/a.ans": "", "data/secret/c.in": "", "data/secret/c.ans": ""},
			`secret/a input answer gen.py ["1"] ` + run + "\n" + `secret/b gen.py ["2"] ` + run +
				"\nsecret/c input answer\nmodel submissions/accepted/t.cpp"},
		{"an input without its answer", "data: {secret: {data: {a: gen.py 1}}}\n", map[string]string{"data/secret/a.in": ""},
			`secret/a input gen.py ["1"] in path "data/secret/a.in" ans file "testcase.ans"?` +
				"\nmodel submissions/accepted/t.cpp"},
		{"a missing generator of a test with files", "data: {secret: {data: {a: gone 1}}}\n",
			map[string]string{"data/secret/a.in": "", "data/secret/a.ans": ""}, "secret/a input answer"},
		{"an invalid file, and tests with files", "data: {secret: {data: {1: g}}}\n",
			map[string]string{"data/secret/a.in": "", "data/secret/a.ans": ""}, "secret/a input answer"},
		{"an interactive problem", "data: {secret: {data: {a: gen.py 3, b: {in: x}}}}\n", interactive,
			`secret/a gen.py ["3"] ` + run + "\n" + `secret/b in text "x\n" ans model`},
		{"an included test", "data: {sample: {data: {a: {in: x, ans: y}}}, secret: {include: [sample], data: {}}}\n", nil,
			"sample/a in text \"x\\n\" ans text \"y\\n\"\nsecret/a in text \"x\\n\" ans text \"y\\n\""},
	} {
		p, err := Read(tree(t, madeFiles(row.yaml, row.over)))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if got := recipes(p); got != row.made {
			t.Errorf("%s: got\n%s\nexpected\n%s", row.what, got, row.made)
		}
	}
}

// TestSettingsOfMadeTests are those of generators.yaml and of the files that it copies.
func TestSettingsOfMadeTests(t *testing.T) {
	p, err := Read(tree(t, madeFiles(strings.Join([]string{
		"test_group.yaml: {output_validator_args: [case_sensitive]}",
		"data: {secret: {data: {a: {in: x, ans: y, yaml: {args: ['{{n}}']}},",
		"  b: {copy: manual/1}, c: {in: x, ans: y, yaml: 'args: z'}, d: {in: x, ans: y}}}}", "",
	}, "\n"), map[string]string{
		"problem.yaml": "problem_format_version: 2025-09\nname: Hello\nconstants: {n: 7}\n",
	})))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, t := range p.Tests {
		got = append(got, fmt.Sprint(t.Name, t.RunArgs, t.Checker.CaseSensitive))
	}
	if words := strings.Join(got, " "); words != "secret/a[7] true secret/b[x] true secret/c[z] true secret/d[] true" {
		t.Errorf("got %s", words)
	}
}

func TestFaultsOfRecipes(t *testing.T) {
	for _, row := range []struct {
		yaml, fault string
	}{
		{"data: {secret: {data: {a: gem.py}}}\n", `generators.yaml:1:27: no generator "generators/gem.py"` +
			"\nhint: did you mean \"gen.py\"?"},
		{"data: {secret: {data: {a: gen}}}\n", "hint: did you mean \"gen.py\"?"},
		{"data: {secret: {data: {a: {copy: manual/7}}}}\n", `1:27: secret/a: no file "generators/manual/7.in"`},
		{"data: {secret: {data: {a: }}}\n", "generators.yaml:1:27: the test secret/a has no input"},
		{"data: {secret: {data: {a: {in: x, solution: }}}}\n", "1:27: the test secret/a has no answer"},
		{"solution: /x.py\ndata: {secret: {data: {a: gen.py}}}\n", `generators.yaml:1:11: no solution "x.py"`},
		{"generators: {g: [gen.py, no.py]}\ndata: {secret: {data: {a: g}}}\n", `2:27: generator g: "generators/no.py"`},
	} {
		_, err := Read(tree(t, madeFiles(row.yaml, nil)))
		if err == nil || !strings.Contains(err.Error(), row.fault) {
			t.Errorf("%q: got %v, expected %q", row.yaml, err, row.fault)
		}
	}
}

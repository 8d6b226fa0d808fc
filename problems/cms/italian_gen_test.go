package cms

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// recipes returns the tests of a problem in a short form.
func recipes(p *problems.Problem) string {
	base := func(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, p.Dir), "/") }
	var all []string
	for _, test := range p.Tests {
		line := fmt.Sprintf("%s %q [%s] [%s]", test.Name, test.Groups, base(test.Input), base(test.Answer))
		if r := test.Recipe; r != nil {
			line += fmt.Sprintf(" %s:%d:%d", filepath.Base(r.File), r.Row, r.Column)
			if r.Program != nil {
				line += fmt.Sprintf(" %s%q", base(r.Program.Path), r.Args)
			}
			line += fmt.Sprintf(" %d%q %d[%s]", r.Input.Origin, base(r.Input.Name), r.Answer.Origin, base(r.Answer.Name))
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n")
}

func TestItalianTestsAreRecipes(t *testing.T) {
	for _, c := range []struct {
		name, gen, yaml string
		files           map[string]string
		expected        string
	}{
		{"lines", "# N K\n#ST:0\n#COPY: testo/a.txt # sample\n  1  2 # x\r\n#ST: 100\n3 4\n", "", nil,
			`000 ["0"] [] [] GEN:3:1 4"testo/a.txt" 0[]` + "\n" +
				`001 ["0"] [] [] GEN:4:3 gen/generatore.py["1" "2"] 1"" 0[]` + "\n" +
				`002 ["1"] [] [] GEN:6:1 gen/generatore.py["3" "4"] 1"" 0[]`},
		{"some files", "1\n2\n", "", map[string]string{"input/input1.txt": "", "output/output1.txt": ""},
			`000 ["tests"] [] [] GEN:1:1 gen/generatore.py["1"] 1"" 0[]` + "\n" +
				`001 ["tests"] [input/input1.txt] [output/output1.txt] GEN:2:1 gen/generatore.py["2"] 1"" 4[output/output1.txt]`},
		{"inputs only", "1\n", "", map[string]string{"input/input0.txt": "", "gen/generatore.py": "-"},
			`000 ["tests"] [input/input0.txt] [] GEN:1:1 4"input/input0.txt" 0[]`},
		{"no lines", "", "n_input: 1\n", map[string]string{"input/input0.txt": ""},
			`000 ["tests"] [input/input0.txt] [] input0.txt:0:0 4"input/input0.txt" 0[]`},
		{"echo", "1  2\n", "", map[string]string{"gen/generatore.py": "-", "gen/generatore.sh": ">/bin/echo"},
			`000 ["tests"] [] [] GEN:1:1 5"1 2\n" 0[]`},
		{"a score type", "1\n2\n", "n_input: 2\nscore_type: GroupMin\nscore_type_parameters: [[40, 1], [60, 1]]\n", nil,
			`000 ["0"] [] [] GEN:1:1 gen/generatore.py["1"] 1"" 0[]` + "\n" +
				`001 ["1"] [] [] GEN:2:1 gen/generatore.py["2"] 1"" 0[]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := ReadItalian(generating(t, c.gen, c.yaml, c.files))
			if err != nil {
				t.Fatal(err)
			}
			if got := recipes(p); got != c.expected {
				t.Errorf("expected\n%s\ngot\n%s", c.expected, got)
			}
			if s := p.Solution(); s == nil || filepath.Base(s.Path) != "soluzione.cpp" {
				t.Errorf("the model solution: %+v", s)
			}
		})
	}
}

// generating creates a task without tests. The content "-" leaves a file out, and ">TARGET" makes a link.
func generating(t *testing.T, gen, yaml string, over map[string]string) string {
	t.Helper()
	files := map[string]string{
		"task.yaml": "name: cup\n" + yaml, "gen/GEN": gen, "gen/generatore.py": "", "sol/soluzione.cpp": "",
		"testo/a.txt": "",
	}
	links := map[string]string{}
	for name, content := range over {
		target, isLink := strings.CutPrefix(content, ">")
		switch {
		case content == "-":
			delete(files, name)
		case isLink:
			links[name] = target
		default:
			files[name] = content
		}
	}
	dir := tree(t, files)
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFaultsOfItalianRecipes(t *testing.T) {
	for _, c := range []struct {
		name, gen, yaml string
		files           map[string]string
		expected        string
	}{
		{"no generator", "#ST: 1\n 1\n", "", map[string]string{"gen/generatore.py": "-"},
			"gen/GEN:2:2: no generator makes this test"},
		{"a copy of nothing", "#COPY: \n", "", nil, "gen/GEN:1: #COPY: without a file"},
		{"a missing copy", "#COPY: gen/x\n", "", nil, `gen/GEN:1:1: "gen/x" is not a file of the task`},
		{"a copy from outside", "#COPY: ../../x\n", "", nil, `gen/GEN:1:1: "../../x" is not a file of the task`},
		{"no solution", "1\n", "", map[string]string{"sol/soluzione.cpp": "-"},
			"no file output/output0.txt, and no solution that makes it"},
		{"other tests", "1\n2\n", "n_input: 1\nscore_type: Sum\nscore_type_parameters: 1\n", nil,
			`"input/input0.txt": no such file`},
		{"other generators", "-", "", map[string]string{"gen/cases.gen": "", "gen/GEN": "-"},
			"generating tests from gen/cases.gen is not supported"},
		{"no tests", "# none\n", "", nil, "no tests"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadItalian(generating(t, c.gen, c.yaml, c.files))
			if err == nil || !strings.Contains(err.Error(), c.expected) {
				t.Errorf("expected %s, got %v", c.expected, err)
			}
		})
	}
}

package dmoj

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGenerators(t *testing.T) {
	for _, row := range []struct{ what, yaml, made string }{
		{"arguments", "generator: gen.cpp\ntest_cases:\n- {generator_args: [5, x y, 0x10, 1.50, true, null], points: 1}\n",
			`case 1 gen.cpp [] ["5" "x y" "16" "1.5" "True" "None"] in 1 ans 2`},
		{"a file on stdin", "generator: gen.cpp\ntest_cases: [{generator_in: 1.in}]\n",
			"case 1 gen.cpp [] [] < 1.in in 1 ans 2"},
		{"an answer file", "generator: gen.cpp\ntest_cases: [{out: 1.out}]\n", "case 1 answer gen.cpp [] [] in 1 ans 4"},
		{"an input file", "generator: gen.cpp\ntest_cases: [{in: 1.in}]\n", "1 input gen.cpp [] [] in 4 ans 2"},
		{"both files", "generator: gen.cpp\ntest_cases: [{in: 1.in, out: 1.out}]\n", "1 input answer"},
		{"keys of a generator", "generator: {source: [lib.cpp, gen.cpp, gen.h], flags: [-O0], language: CPP17, args: [a]}\n" +
			"test_cases: [{}, {generator_args: [b]}, {generator_args: []}]\n", strings.Join([]string{
			`case 1 lib.cpp [gen.cpp] ["a"] -O0 -std=gnu++17 in 1 ans 2`,
			`case 2 lib.cpp [gen.cpp] ["b"] -O0 -std=gnu++17 in 1 ans 2`,
			`case 3 lib.cpp [gen.cpp] ["a"] -O0 -std=gnu++17 in 1 ans 2`,
		}, "\n")},
		{"a batch passes on its values", "test_cases:\n- generator: gen.cpp\n  generator_args: [1]\n  batched:\n" +
			"  - {}\n  - {generator_args: [2]}\n  - {generator: null}\n- {in: 1.in, out: 1.out}\n", strings.Join([]string{
			`case 1 gen.cpp [] ["1"] in 1 ans 2`, `case 2 gen.cpp [] ["2"] in 1 ans 2`, "case 3 input answer",
			"1 input answer",
		}, "\n")},
	} {
		p, err := Read(generated(t, row.yaml))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		var lines []string
		for _, test := range p.Tests {
			line := test.Name
			if test.Input != "" {
				line += " input"
			}
			if test.Answer != "" {
				line += " answer"
			}
			if r := test.Recipe; r != nil {
				var driver []string
				for _, f := range r.Program.Driver {
					driver = append(driver, f.Name)
				}
				line += fmt.Sprintf(" %s %v %q", filepath.Base(r.Program.Path), driver, r.Args)
				line += strings.Join(append([]string{""}, r.Program.Flags...), " ")
				if r.Stdin != "" {
					line += " < " + filepath.Base(r.Stdin)
				}
				line += fmt.Sprintf(" in %d ans %d", r.Input.Origin, r.Answer.Origin)
			}
			lines = append(lines, line)
		}
		if got := strings.Join(lines, "\n"); got != row.made {
			t.Errorf("%s: got\n%s\nexpected\n%s", row.what, got, row.made)
		}
		p.Close()
	}
}

// generated creates a problem with a generator.
func generated(t *testing.T, yaml string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"init.yml": yaml, "gen.cpp": "", "lib.cpp": "", "gen.h": "", "1.in": "1\n", "1.out": "1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

package polygon

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// standardPackage creates a package whose second test and answers are not files. Files with the content "-" are
// removed from it.
func standardPackage(t *testing.T, tests string, files map[string]string) string {
	t.Helper()
	dir := write(t, "TESTS", tests, "<assets>", `<files><executables>
  <executable><source path="files/gen.cpp" type="cpp.g++17"/><binary path="files/gen.exe"/></executable>
  <executable><source path="files/val.cpp" type="cpp.g++17"/></executable>
 </executables></files><assets>`)
	all := map[string]string{"files/gen.cpp": "", "tests/01.a": "-", "tests/02": "-", "tests/02.a": "-"}
	for name, content := range files {
		all[name] = content
	}
	for name, content := range all {
		full := filepath.Join(dir, name)
		if content == "-" {
			if err := os.Remove(full); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shown returns the tests of a problem in a short form.
func shown(p *problems.Problem) string {
	base := func(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, p.Dir), "/") }
	var all []string
	for _, test := range p.Tests {
		line := fmt.Sprintf("%s [%s] [%s]", test.Name, base(test.Input), base(test.Answer))
		if r := test.Recipe; r != nil {
			line += fmt.Sprintf(" %s:%d:%d", filepath.Base(r.File), r.Row, r.Column)
			if r.Program != nil {
				line += fmt.Sprintf(" %s%q", base(r.Program.Path), r.Args)
			}
			line += fmt.Sprintf(" %d[%s] %d[%s]", r.Input.Origin, base(r.Input.Name), r.Answer.Origin, base(r.Answer.Name))
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n")
}

func TestTestsOfStandardPackagesAreRecipes(t *testing.T) {
	const manual = `<test method="manual"/>` + "\n"
	const first = "01 [tests/01] [] problem.xml:10:11 4[tests/01] 0[]\n"
	for _, c := range []struct {
		name, tests string
		files       map[string]string
		expected    string
	}{
		{"command", manual + `  <test cmd="gen 5 'a b' &quot;c&quot;" method="generated"/>`, nil,
			first + `02 [] [] problem.xml:11:3 files/gen.cpp["5" "a b" "c"] 1[] 0[]`},
		{"files too", manual + `<test cmd="gen.exe 5" method="generated"/>`,
			map[string]string{"tests/01.a": "1", "tests/02": "2", "tests/02.a": "3"},
			"01 [tests/01] [tests/01.a]\n" +
				`02 [tests/02] [tests/02.a] problem.xml:11:1 files/gen.cpp["5"] 1[] 4[tests/02.a]`},
		{"files and no generator", manual + `<test cmd="other 5" method="generated"/>`,
			map[string]string{"tests/01.a": "1", "tests/02": "2", "tests/02.a": "3"},
			"01 [tests/01] [tests/01.a]\n02 [tests/02] [tests/02.a]"},
		{"not an executable", manual + `<test cmd="other.py 5" method="generated"/>`,
			map[string]string{"files/other.py": "", "files/other.exe": ""},
			first + `02 [] [] problem.xml:11:1 files/other.py["5"] 1[] 0[]`},
		{"file", manual + `<test cmd="gen" from-file="true" method="generated"/><test cmd="gen" from-file="07"/>`, nil,
			first + "02 [] [] problem.xml:11:1 files/gen.cpp[] 3[2] 0[]\n" +
				"03 [] [] problem.xml:11:54 files/gen.cpp[] 3[07] 0[]"},
		{"script", manual + `<test method="generated"/><test method="generated"/>`,
			map[string]string{"files/script": "<#list [8, 9] as x>\n gen ${x} > $\n</#list>"},
			first + "02 [] [] script:2:2 files/gen.cpp[\"8\"] 1[] 0[]\n03 [] [] script:2:2 files/gen.cpp[\"9\"] 1[] 0[]"},
		{"script of files", manual + `<test method="generated"/><test method="generated"/>`,
			map[string]string{"files/script.txt": "gen > {2-3}\n"},
			first + "02 [] [] script.txt:1:1 files/gen.cpp[] 3[2] 0[]\n03 [] [] script.txt:1:1 files/gen.cpp[] 3[3] 0[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read(standardPackage(t, c.tests, c.files))
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(p); got != c.expected {
				t.Errorf("expected\n%s\ngot\n%s", c.expected, got)
			}
		})
	}
}

func TestRunDecidesTheNamesOfItsFiles(t *testing.T) {
	tests := `<test method="manual"/><test cmd="gen" from-file="true"/><test cmd="gen" from-file="true"/>`
	p, err := Read(standardPackage(t, tests, nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Batches) != 1 || p.Batches[0].Recipe.Program != p.Tests[1].Recipe.Program {
		t.Fatalf("%+v", p.Batches)
	}
	for range 2 { // it may be called again
		if err := p.Batches[0].Complete([]string{"02", "3"}); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := p.Tests[1].Recipe.Input.Name, p.Tests[2].Recipe.Input.Name; a != "02" || b != "3" {
		t.Errorf("got %q and %q", a, b)
	}
	err = p.Batches[0].Complete([]string{"02"})
	if err == nil || !strings.Contains(err.Error(), "problem.xml:10:") ||
		!strings.Contains(err.Error(), `"gen" leaves no file 3, 03 or 003`) {
		t.Errorf("got %v", err)
	}
}

func TestFaultsOfStandardPackages(t *testing.T) {
	const generated = `<test method="manual"/>` + "\n" + `<test method="generated"/>`
	for _, c := range []struct {
		name, tests string
		files       map[string]string
		expected    string
	}{
		{"no command", generated, nil, `problem.xml:11:1: test 2: no file "tests/02", and no command makes it`},
		{"no generator", `<test/><test cmd="big 1"/>`, nil, `problem.xml:10:18: the package has no generator "big"`},
		{"ambiguous", `<test/><test cmd="big 1"/>`, map[string]string{"files/big.py": "", "files/big.cpp": ""},
			`the generator "big" is ambiguous: files/big.cpp and files/big.py`},
		{"no words", `<test/><test cmd=" "/>`, nil, "problem.xml:10:18: no generator in the command"},
		{"an open quote", `<test/><test cmd="gen 'a"/>`, nil, "problem.xml:10:18: "},
		{"script", generated, map[string]string{"files/script": "\n gen ${n} > 2\n"},
			`files/script:2:8: unknown variable "n"`},
		{"directive", generated, map[string]string{"files/script": "<#macro a></#macro>"},
			"files/script:1:1: the FreeMarker directive <#macro> is not supported"},
		{"too many", generated, map[string]string{"files/script": "gen 1 > 2\ngen 2 > $\n"},
			"files/script:2:1: test 3 of 2 in problem.xml"},
		{"taken", generated, map[string]string{"files/script": "gen 1 > 1\n"}, "files/script:1:1: test 1 is already made"},
		{"no model", `<test/><test cmd="gen 1"/>`, map[string]string{FileName: ""}, `no solution that makes it`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := standardPackage(t, c.tests, nil)
			for name, content := range c.files {
				full := filepath.Join(dir, name)
				if name == FileName {
					data, err := os.ReadFile(full)
					if err != nil {
						t.Fatal(err)
					}
					content = strings.Replace(string(data), `tag="main"`, `tag="accepted"`, 1)
				}
				if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Read(dir)
			if err == nil || !strings.Contains(err.Error(), c.expected) {
				t.Errorf("expected %s, got %v", c.expected, err)
			}
		})
	}
}

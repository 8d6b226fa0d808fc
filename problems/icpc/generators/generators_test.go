package generators

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems/folder"
)

// parse reads a file with the content.
func parse(t *testing.T, content string) (*File, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "generators"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return Read(f, map[string]string{"max": "1000"})
}

// list describes all tests of a file, in the order of their paths.
func list(f *File) string {
	var lines []string
	for where, d := range f.Dirs {
		for name, c := range d.Cases {
			line := path.Join(where, name)
			if line != c.Name {
				line += " = " + c.Name
			}
			if c.Command != "" {
				line += fmt.Sprintf(" %s %q", strings.TrimPrefix(c.Program, "generators/"), c.Args)
			}
			if c.Copy != "" {
				line += " copy " + c.Copy
			}
			for _, ext := range slices.Sorted(maps.Keys(c.Texts)) {
				line += fmt.Sprintf(" %s %q", ext, c.Texts[ext])
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// secret puts lines into the data of secret.
func secret(lines ...string) string {
	return "data:\n  secret:\n    data:\n      " + strings.Join(lines, "\n      ") + "\n"
}

// TestTests checks names, arguments and seeds. The expected seeds are those that BAPCtools itself computes.
func TestTests(t *testing.T) {
	for _, row := range []struct{ what, file, tests string }{
		{"an empty file", "", ""},
		{"a command and its words", secret(`a: gen.py --n 3  'x y' "z\"" a\ b`),
			`secret/a gen.py ["--n" "3" "x y" "z\"" "a b"]`},
		{"lines of a command", secret("a: |", "  gen", "  1"), `secret/a gen ["1"]`},
		{"the name of the test", secret("a: gen {name}.txt"), `secret/a gen ["testcase.txt"]`},
		{"a constant", secret(`a: gen {{max}} {{min}}`), `secret/a gen ["1000" "{{min}}"]`},
		{"a seed", secret("a: stdout.py {seed}"), `secret/a stdout.py ["162981470"]`},
		{"white space within a command", secret(`a: " stdout.py {seed} a  aa  b "`),
			`secret/a stdout.py ["2133905738" "a" "aa" "b"]`},
		{"a seed with a number", secret("a: stdout.py {seed:42}"), `secret/a stdout.py ["1750401614"]`},
		{"a salt of all tests", "random_salt: bob\n" + secret("a: stdout.py {seed:42}"),
			`secret/a stdout.py ["593058468"]`},
		{"a salt of one test", secret("a: {generate: 'stdout.py {seed:42}', random_salt: bob}"),
			`secret/a stdout.py ["593058468"]`},
		{"a count", secret("a: {generate: 'stdout.py {seed} {count}', count: 2}"),
			`secret/a-1 stdout.py ["256329547" "1"]` + "\n" + `secret/a-2 stdout.py ["1581952888" "2"]`},
		{"a count that is a list", secret("a: {generate: 'stdout.py {seed:1} {count}', count: [-2, 0]}"),
			`secret/a--2 stdout.py ["207342926" "-2"]` + "\n" + `secret/a-0 stdout.py ["627447910" "0"]`},
		{"a count that is a range", secret("a: {generate: 'stdout.py {seed:2} {count}', count: 2..=3}"),
			`secret/a-2 stdout.py ["2011330370" "2"]` + "\n" + `secret/a-3 stdout.py ["839616175" "3"]`},
		{"padded numbers", secret("a: {generate: 'g {count}', count: 9..=10}"),
			`secret/a-09 g ["9"]` + "\n" + `secret/a-10 g ["10"]`},
		{"texts", secret("a: {in: '1', ans: |-", "  2", "}", "b: {in: ''}"), ""},
		{"copied files", secret("a: {copy: manual/1}", "b: manual/2.in"),
			"secret/a copy generators/manual/1\nsecret/b copy generators/manual/2"},
		{"numbers in a list", secret("- a: g 1", "- '': g 2", "- b: {generate: g, count: 8}"), strings.Join([]string{
			`secret/01-a g ["1"]`, `secret/02 g ["2"]`, "secret/03-b-1 g []", "secret/04-b-2 g []", "secret/05-b-3 g []",
			"secret/06-b-4 g []", "secret/07-b-5 g []", "secret/08-b-6 g []", "secret/09-b-7 g []", "secret/10-b-8 g []",
		}, "\n")},
		{"numbers go on in groups", secret("- a: g 1", "- group: {data: [{b: g 2}]}", "- other: {data: {c: g 3}}"),
			`secret/1-a g ["1"]` + "\n" + `secret/1-group/2-b g ["2"]` + "\n" + `secret/2-other/c g ["3"]`},
		{"included tests", "data:\n  sample: {data: {s: g 1}}\n  secret:\n    data:\n" +
			"    - small: {include: [sample], data: [{a: g 2}]}\n    - all: {include: [small], data: [{b: g 3}]}\n",
			strings.Join([]string{
				`sample/s g ["1"]`, `secret/1-small/1-a g ["2"]`, `secret/1-small/s = sample/s g ["1"]`,
				`secret/2-all/1-a = secret/1-small/1-a g ["2"]`, `secret/2-all/2-b g ["3"]`,
				`secret/2-all/s = sample/s g ["1"]`,
			}, "\n")},
		{"an alias", "x: &cmd g 1\n" + secret("a: *cmd"), `secret/a g ["1"]`},
		{"a test for the statement alone", "data: {sample: {data: {a: {in.statement: x, ans.statement: y}}}}", ""},
	} {
		f, err := parse(t, row.file)
		if row.what == "texts" {
			f, err = parse(t, secret("a: {in: '1', ans: ''}", "b: {in: \"1\\n2\\n\", yaml: {hint: x}}"))
			row.tests = `secret/a ans "" in "1\n"` + "\n" + `secret/b in "1\n2\n"`
		}
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if f == nil {
			f = &File{}
		}
		if got := list(f); got != row.tests {
			t.Errorf("%s: got\n%s\nexpected\n%s", row.what, got, row.tests)
		}
	}
}

func TestFaultsHavePlaces(t *testing.T) {
	for _, row := range []struct{ file, fault string }{
		{"- x\n", "1:1: expected a mapping with the key data"},
		{"data: [a]\n", "1:8: expected a mapping, found the text"},
		{secret("a: {count: 2}"), "4:10: a test without an input"},
		{secret("a: {solution: /x, yaml: {}}"), "4:10: a test without an input"},
		{secret("a: 5"), `4:10: "a" is neither a test nor a directory`},
		{secret("1: g"), `4:7: the name "1" is not a text for YAML`},
		{secret("a b: g"), `4:7: invalid name of a test: "a b"`},
		{secret("a.in: g"), "4:7: a test called"},
		{secret("a: g 'x"), "4:10: the command"},
		{secret("a: /g"), `4:10: absolute path "/g"`},
		{secret("a: g {seed} {seed:1}"), "4:10: {seed} appears twice"},
		{secret("a: {generate: g, count: 101}"), "4:31: count: expected a number from 1 to 100"},
		{secret("a: {generate: g, count: 3..=1}"), "4:31: count: the range"},
		{secret("a: {generate: g, count: [1, 1]}"), "4:35: count: 1 appears twice"},
		{secret("a: {in: 5}"), "4:15: in: expected a text"},
		{secret("a: {generate: g, data: {}}"), `4:24: key "data" of a test`},
		{secret("- {a: g, b: g}"), "4:9: an element of a list has 2 keys"},
		{secret("a: {data: {x: g}, include: [b]}"), `4:35: include: no test or group "b"`},
		{"solution: accepted/x\n", `1:11: solution "accepted/x": expected a path from the package`},
		{"solution: /x -O2\n", "1:11: solution"},
		{"generators: {a: []}\n", "1:17: the list of files is empty"},
		{"data: {secret: {data: &a {b: *a}}}\n", "1:23: more than 1000000 values"},
		{"include: [x]\ndata: {}\n", "1:11: include: no test or group"},
	} {
		_, err := parse(t, row.file)
		if err == nil || !strings.Contains(err.Error(), FileName+":"+row.fault) {
			t.Errorf("%q: got %v, expected %q", row.file, err, row.fault)
		}
	}
}

func TestNotesOfTests(t *testing.T) {
	f, err := parse(t, "retries: 3\n"+secret("a: g 1", "b: g 1", "c: {generate: g 2, count: 3}", "d: {generate: h, x: 1}",
		"e: {generate: 'g {seed}', match: '^1'}", "f: g {seed:2}"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range f.Notes {
		got = append(got, fmt.Sprintf("%d:%d %s", n.Line, n.Col, n.Msg))
	}
	expected := []string{
		"1:10 retries is not used: a generator that fails is an error",
		"6:10 secret/b is made in the same way as secret/a (line 5)", `8:24 unknown key "x"`, "9:40 match is not checked",
	}
	if !slices.Equal(got, expected) {
		t.Errorf("got %q, expected %q", got, expected)
	}
}

// TestSizesAreBounded: a short file can describe any number of tests.
func TestSizesAreBounded(t *testing.T) {
	line := func(i int) string { return fmt.Sprintf("t%d: *c", i) }
	counts := []string{"t: &c {generate: g, count: 100}"}
	for i := range 1100 {
		counts = append(counts, line(i))
	}
	large := []string{"t: &c {in: \"" + strings.Repeat("x", 1<<20) + "\"}"}
	for i := range 70 {
		large = append(large, line(i))
	}
	groups := []string{"g0: {data: {a: g 0, b: g 1}}"}
	for i := range 20 {
		groups = append(groups, fmt.Sprintf("h%02d: {include: [g0]}", i))
	}
	deep := "g"
	for range 20 {
		deep = "{data: {x: " + deep + "}}"
	}
	for _, row := range []struct{ file, fault string }{
		{secret(counts...), "more than 100000 tests"},
		{secret(large...), "more than 64 MiB of commands and texts"},
		{secret(groups...), ""},
		{"data: {secret: " + deep + "}", "directories are nested too deeply"},
	} {
		_, err := parse(t, row.file)
		if row.fault == "" && err != nil || row.fault != "" && (err == nil || !strings.Contains(err.Error(), row.fault)) {
			t.Errorf("%.60q: got %v, expected %q", row.file, err, row.fault)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("data: {sample: {data: {a: g {seed}}}, secret: {include: [sample], data: [{b: {copy: x}}]}}")
	f.Add("generators: {g: [a.py, b.py]}\nsolution: /x\nrandom_salt: y\ndata: {secret: {data: {a: {in: x, count: 2}}}}")
	f.Fuzz(func(t *testing.T, content string) {
		if file, err := parse(t, content); err == nil && file != nil {
			list(file)
		}
	})
}

package recipe

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"judge/problems"
)

func TestWords(t *testing.T) {
	for _, row := range []struct {
		command string
		want    []string
		err     string
	}{
		{"", []string{}, ""},
		{"random", []string{"random"}, ""},
		{"  random\t5 \n 6\r\n", []string{"random", "5", "6"}, ""},
		{`a "b c" 'd e' ''`, []string{"a", "b c", "d e", ""}, ""},
		{`a"b"'c'd "it's" '"'`, []string{"abcd", "it's", `"`}, ""},
		{`a\ b $X * # ;`, []string{`a\`, "b", "$X", "*", "#", ";"}, ""},
		{"a 'b", nil, "the quote ' is not closed"},
		{`a "b'`, nil, `the quote " is not closed`},
		{"a\x00", nil, "NUL"},
		{"a\xff", nil, "not UTF-8"},
		{strings.Repeat("a", maxCommand+1), nil, "longer than 64 KiB"},
	} {
		got, err := Words(row.command)
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", row.want) || !matches(err, row.err) {
			t.Errorf("%.40q: got %q, %v, want %q, %q", row.command, got, err, row.want, row.err)
		}
	}
}

// matches reports whether an error has a text and a hint; "": there is no error.
func matches(err error, text string) bool {
	if text == "" || err == nil {
		return err == nil && text == ""
	}
	hinted, ok := errors.AsType[*problems.HintError](err)
	return ok && hinted.Hint != "" && strings.Contains(hinted.Msg, text)
}

func TestExpand(t *testing.T) {
	for _, row := range []struct {
		name, command, others string
		want, err             string
	}{
		{"a", "g 1", "", "a: g 1", ""},
		{"a-{1..3}", "g {4..6}", "{7..9}.in", "a-1: g 4 | 7.in; a-2: g 5 | 8.in; a-3: g 6 | 9.in", ""},
		{"{01..03}", "g x{8..10}y{-1..1}", "", "01: g x8y-1; 02: g x9y0; 03: g x10y1", ""},
		{"{-02..-1}", "g {9..010}", "", "-02: g 009; -01: g 010", ""},
		{"{5..5}", "g {1..1} {a,b} {} {x..y} {1}", "", "5: g 1 {a,b} {} {x..y} {1}", ""},
		{"{1..2}", "g {1..3}", "", "", "{1..2} has 2 numbers, {1..3} has 3"},
		{"a", "g {1..3}", "", "", `3 tests would be named "a"`},
		{"a", "g {3..1}", "", "", "{3..1} counts down"},
		{"a", "g {1...3}", "", "", "{1...3} is not a range"},
		{"a", "g {1..}", "", "", "{1..} is not a range"},
		{"a", "g {1-3}", "", "", "{1-3} is not a range"},
		{"a", "g {SEED}", "", "", "unknown hole {SEED}"},
		{"{seed}", "g", "", "", "expected it in an argument"},
		{"a", "g{seed} 1", "", "", "expected it in an argument"},
		{"a", "g 1", "{seed}.in", "", "expected it in an argument"},
		{"{1..9999999999999999999}", "g", "", "", "a number is out of range"},
		{"{1..1000000000000000000}", "g {1..1000000000000000000}", "", "", "more than 100000 tests"},
		{"{1..90000}", "g " + strings.Repeat("x", 2000), "", "", "more than 64 MiB"},
	} {
		words, err := Words(row.command)
		if err != nil {
			t.Fatal(err)
		}
		others := strings.Fields(row.others)
		tests, err := Expand(row.name, words, others, &Budget{})
		var all []string
		for _, test := range tests {
			one := test.Name + ": " + Join(test.Words)
			if len(test.Others) > 0 {
				one += " | " + Join(test.Others)
			}
			all = append(all, one)
		}
		if got := strings.Join(all, "; "); got != row.want || !matches(err, row.err) {
			t.Errorf("%s %.40s: got %.200q, %v, want %q, %q", row.name, row.command, got, err, row.want, row.err)
		}
	}
}

// seeds returns the seeds of a line whose second word is {seed}, by the number of the test.
func seeds(t *testing.T, name string, words ...string) map[string]string {
	t.Helper()
	tests, err := Expand(name, words, nil, &Budget{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, test := range tests {
		all[strings.Trim(test.Name, "abcdef-")] = test.Words[1]
	}
	return all
}

// TestSeedsStay: other tests, other names and a longer range leave each seed as it is.
func TestSeedsStay(t *testing.T) {
	first := seeds(t, "a-{1..3}", "g", "{seed}")
	if first["1"] == first["2"] || first["2"] == first["3"] {
		t.Errorf("two tests have the same seed: %v", first)
	}
	if first["1"] != "1275035274" {
		t.Errorf("the first seed is %s: packages depend on it", first["1"])
	}
	for _, name := range []string{"b-{1..3}", "a-{0..9}", "a-{1..100}", "{001..100}"} {
		other := seeds(t, name, "g", "{seed}")
		for number, seed := range first {
			if padded := "00" + number; other[number] != seed && other[padded] != seed {
				t.Errorf("%s: the seed of %s changed from %s to %s", name, number, seed, other[number])
			}
		}
	}
	grown := seeds(t, "a-{1..9}", "g", "{seed}", "{11..19}")
	for number, seed := range seeds(t, "a-{1..2}", "g", "{seed}", "{11..12}") {
		if grown[number] != seed || first[number] == seed {
			t.Errorf("the seed of %s is %s: another command should have another, a longer range the same", number, seed)
		}
	}
}

func TestDraw(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	template := &problems.Template{
		Program: &problems.External{Path: "/g"}, Words: []string{"-n", "{1..8}", "x{01..03}", "{seed}"},
		Recipe: problems.Recipe{Command: "c", Row: 3},
	}
	seen := map[string]bool{}
	for range 300 {
		r, err := Draw(template, random)
		if err != nil || r.Program != template.Program || r.Row != 3 || len(r.Args) != 4 {
			t.Fatalf("got %+v, %v", r, err)
		}
		seen["n"+r.Args[1]], seen[r.Args[2]], seen["s"+r.Args[3]] = true, true, true
	}
	for _, want := range []string{"n1", "n8", "x01", "x02", "x03"} {
		if !seen[want] {
			t.Errorf("%s was never drawn", want)
		}
	}
	if seen["n0"] || seen["n9"] || len(seen) < 300 {
		t.Errorf("drew %d values: %v", len(seen), seen)
	}
	for range 50 {
		r, err := DrawUpTo(template, random, 0)
		if err != nil || r.Args[1] != "1" || r.Args[2] != "x01" {
			t.Fatalf("the first number alone: got %+v, %v", r, err)
		}
	}
	template.Words = []string{"{3..1}"}
	if r, err := Draw(template, random); !matches(err, "counts down") {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestTemplateOfRecipe(t *testing.T) {
	program := &problems.External{Path: "/g"}
	for _, row := range []struct {
		recipe problems.Recipe
		want   string
	}{
		{problems.Recipe{Program: program, Line: "g 'a b' {1..3} {seed}", Seeded: true}, `["a b" "{1..3}" "{seed}"]`},
		{problems.Recipe{Program: program, Line: "g 5"}, ""},
		{problems.Recipe{Program: program, Line: "g 'x {seed}", Seeded: true}, ""},
		{problems.Recipe{Line: "g {seed}", Seeded: true}, ""},
	} {
		got := ""
		if template := Template(&row.recipe); template != nil {
			got = fmt.Sprintf("%q", template.Words)
		}
		if got != row.want {
			t.Errorf("%+v: got %s, want %s", row.recipe, got, row.want)
		}
	}
}

func TestScript(t *testing.T) {
	entries, err := Script([]byte("\ufeff# head\r\n\r\na  g 1 # x\n\t'b c' g '#' a#b #"))
	want := `[{a [g 1] 3 1} {b c [g # a#b] 4 2}]`
	if got := fmt.Sprint(entries); err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	for _, row := range []struct{ script, want string }{
		{"a g\nb\n", ":2:1: the line has no name"},
		{"a g\n  g -n 5\n", ":2:3: the line has no name"},
		{"'' g 5\n", ":1:1: the name is empty"},
		{"a g 'x\n", ":1:5: the quote ' is not closed"},
		{"a g\nb g \xff\n", ":2:1: the command is not UTF-8"},
		{strings.Repeat("#", MaxScript+1), "larger than 8 MiB"},
	} {
		entries, err := Script([]byte(row.script))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok || !strings.Contains(err.Error(), row.want) || fault.Hint == "" || fault.Line == 0 || fault.Col == 0 {
			t.Errorf("%.30q: got %v, %v, want %s", row.script, entries, err, row.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, seed := range []string{"a 'b c' \"d\"", "a{1..3} {seed}", "'", "a\\ #b", "{-5..05}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, command string) {
		words, err := Words(command)
		if err != nil {
			return
		}
		again, err := Words(Join(words))
		if err != nil && len(Join(words)) <= maxCommand || err == nil && !slices.Equal(words, again) {
			t.Fatalf("%q: the words %q became %q, %v", command, words, again, err)
		}
	})
}

func FuzzScript(f *testing.F) {
	for _, seed := range []string{"a g 1\n", "a-{1..3} g {seed} {2..4}\n# x\n", "'a b' g ''", "{1..99999999} g\n", "a g {-1..007}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		entries, err := Script(script)
		if fault, ok := errors.AsType[*problems.Error](err); err != nil && (!ok || fault.Line < 1 || fault.Hint == "") {
			t.Fatalf("%q: %v", script, err)
		}
		var b Budget
		b.tests = MaxTests - 1000
		for _, e := range entries {
			tests, err := Expand(e.Name, e.Words, nil, &b)
			if _, ok := errors.AsType[*problems.HintError](err); err != nil && !ok {
				t.Fatalf("%q: %v", script, err)
			}
			for _, test := range tests {
				if len(test.Words) != len(e.Words) {
					t.Fatalf("%q became %q", e.Words, test.Words)
				}
			}
		}
	})
}

package generate

import (
	"errors"
	"testing"

	"judge/problems"
)

func TestCheckComparesTwoMakings(t *testing.T) {
	p, gen := sumProblem(t)
	for _, name := range []string{"r1", "r2"} {
		r := stdoutOf(gen, "random", "0")
		r.Args = append(r.Args, name)
		add(p, name, r)
		p.Tests[len(p.Tests)-1].Recipe.Row = 1
	}
	add(p, "good", stdoutOf(gen, "plain", "3"))
	add(p, "stale", stdoutOf(gen, "plain", "4"))
	add(p, "wrong", stdoutOf(gen, "plain", "5"))
	add(p, "fresh", stdoutOf(gen, "plain", "6"))
	for _, file := range []struct {
		test          int
		input, answer string
	}{{3, "4 3\n", "7\n"}, {4, "5 2\n", "8\n"}, {5, "6 2\n", "8\n"}} {
		name := p.Tests[file.test].Name
		p.Tests[file.test].Input = program(t, p, "data/"+name+".in", file.input)
		p.Tests[file.test].Answer = program(t, p, "data/"+name+".ans", file.answer)
	}
	j := jailed(t)
	made, err := Maker{Judge: j, Cache: j.Cache.Cache}.Check(t.Context(), p)
	var failures Failures
	if !errors.As(err, &failures) {
		t.Fatalf("got %v, expected failures", err)
	}
	defer made.Close()
	const want = "tests.txt:1:1: test r1: generator gen.py random 0 r1: " +
		"not deterministic: two runs wrote different inputs (and 1 more of this line)\nhint: take the seed from the arguments only\n" +
		"tests.txt:4:1: test stale: generator gen.py plain 4: the file stale.in differs from what the recipe makes\n" +
		"hint: write the file again with judge generate, or delete it\n" +
		"tests.txt:5:1: test wrong: model solution sum.c: " +
		"the file wrong.ans differs from the answer that the recipe makes"
	if err.Error() != want {
		t.Errorf("got\n%v\nexpected\n%s", err, want)
	}
	if len(made.Tests) != 3 || made.Tests[2].Cached {
		t.Errorf("made %+v, expected 3 tests from scratch", made.Tests)
	}
}

// TestAnswersOfInteractiveProblemsAreEmpty: an interactor needs no answer, so no model solution runs.
func TestAnswersOfInteractiveProblemsAreEmpty(t *testing.T) {
	p, gen := sumProblem(t)
	p.Submissions, p.Interactor = nil, &problems.External{Path: gen.Path}
	add(p, "one", stdoutOf(gen, "plain", "3"))
	j := jailed(t)
	made, err := Maker{Judge: j, Cache: j.Cache.Cache}.Make(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	if got := contents(t, p); len(got) != 1 || got[0] != "one: 3 2 -> " {
		t.Errorf("got %q, expected an empty answer", got)
	}
}

package build

import (
	"errors"
	"testing"

	"judge/judge/languages"
	"judge/problems"
)

// TestOutputsAmongSourcesAreAFault: where the task takes outputs for some tests, they must not be ignored.
func TestOutputsAmongSourcesAreAFault(t *testing.T) {
	p := &problems.Problem{SomeOutputs: true, Tests: []problems.TestCase{{Name: "000"}}}
	sources := func(names ...string) languages.Sources {
		s := languages.Sources{Directory: true}
		for _, name := range names {
			s.Files = append(s.Files, languages.File{Name: name})
		}
		return s
	}
	for _, row := range []struct {
		files languages.Sources
		fault bool
	}{
		{sources("a.cpp", "output_000.txt"), true}, {sources("000.out"), true}, {sources("a.cpp", "notes.txt"), false},
	} {
		var fault *languages.Fault
		if err := outputAmong(p, row.files); errors.As(err, &fault) != row.fault {
			t.Errorf("%v: got %v", row.files, err)
		}
	}
	if err := outputAmong(&problems.Problem{Tests: p.Tests}, sources("a.cpp", "000.out")); err != nil {
		t.Errorf("got %v for a problem of another type", err)
	}
}

package verify

import (
	"strings"
	"testing"
)

// TestOmissionsForOneReasonAreOne: one line, one annotation and one warning, with the names of some.
func TestOmissionsForOneReasonAreOne(t *testing.T) {
	r := sample()
	for _, path := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		r.Omitted = append(r.Omitted,
			Omission{Path: path, Reason: "odd", Warning: true}, Omission{Path: path + ".zip", Reason: "an archive"})
	}
	if got, want := r.Warnings(), sample().Warnings()+1; got != want {
		t.Errorf("got %d warnings, expected %d", got, want)
	}
	for what, wanted := range map[string][]string{
		written(t, Text{}.Write, r): {"warning: a, b, c, d, e and 2 more: odd\n",
			"note: a.zip, b.zip, c.zip, d.zip, e.zip and 2 more: an archive\n"},
		written(t, WriteSummary, r): {"**warning** a, b, c, d, e and 2 more: odd\n"},
		written(t, WriteJUnit, r):   {`testcase name="g"`, `testcase name="g.zip"`},
	} {
		for _, want := range wanted {
			if strings.Count(what, want) != 1 {
				t.Errorf("got %q %d times, expected once, in\n%.3000s", want, strings.Count(what, want), what)
			}
		}
	}
}

// TestOmissionsAreInEveryOutputOnce: a note or a warning each; the budget that cut the run is named.
func TestOmissionsAreInEveryOutputOnce(t *testing.T) {
	r := interruptedSample()
	r.Budget = 90
	r.Omitted = append(r.Omitted, Omission{Path: "new", Reason: "looks like a problem", Warning: true})
	if r.Warnings() != 2 {
		t.Errorf("got %d warnings, expected 2", r.Warnings())
	}
	const used = "the budget of 90 s was used up: 1 of 3 verified"
	for what, wanted := range map[string][]string{
		written(t, Text{}.Write, r): {"note: docs: there are no", "warning: new: looks like a problem\n",
			"2 warnings; " + used},
		written(t, WriteSummary, r): {"1 path not verified: docs\n", "**warning** new: looks like a problem\n", used},
		written(t, WriteHTML, r): {"docs: there are no", "<strong>warning</strong> new: looks like a problem<",
			`id="summary">3 problems, 1 error, 2 warnings; ` + used},
		written(t, WriteJUnit, r): {"there are no problems in this directory</skipped>", "looks like a problem</skipped>"},
	} {
		for _, want := range wanted {
			if strings.Count(what, want) != 1 {
				t.Errorf("got %q %d times, expected once, in\n%.3000s", want, strings.Count(what, want), what)
			}
		}
	}
}

package verify

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// TestAnInterruptionIsInEveryOutput: with the same numbers and names, and nothing that was not run is a failure.
func TestAnInterruptionIsInEveryOutput(t *testing.T) {
	r := interruptedSample()
	sentence := "interrupted: 1 of 3 verified, 1 cut short: p/hello, 1 not started: p/waits"
	if got := r.Interruption(); got != sentence {
		t.Errorf("got  %s\nwant %s", got, sentence)
	}
	for what, wanted := range map[string][]string{
		written(t, Text{}.Write, r): {
			"p/hello (ICPC legacy): interrupted: verified in part\n", "p/waits: not started\n",
			"note: docs: there are no problems in this directory\n",
			"3 problems: 1 of 3 valid, 1 error, 1 warning; " + sentence + "\n",
		},
		written(t, WriteSummary, r): {
			"**interrupted: 1 of 3 verified, 1 cut short: ", ", 1 not started: ", "1 path not verified: ",
			" | - | not started | 0 | 0 |", " | interrupted: verified in part (1 of 2 as expected so far) | 1 | 0 |",
		},
		written(t, WriteHTML, r): {
			"3 problems, 1 error, 1 warning; " + sentence, `data-state="cut" data-text="p/waits waits"`,
			"docs: there are no problems in this directory", "interrupted: verdict unknown",
		},
	} {
		for _, want := range wanted {
			if !strings.Contains(what, want) {
				t.Errorf("%q is not in\n%.3000s", want, what)
			}
		}
	}
}

// TestJUnitHasTheNumbersOfTheText: a failure for each error, and an error for each problem that was not verified as a
// whole.
func TestJUnitHasTheNumbersOfTheText(t *testing.T) {
	r := interruptedSample()
	var all suites
	if err := xml.Unmarshal([]byte(written(t, WriteJUnit, r)), &all); err != nil {
		t.Fatal(err)
	}
	failures, failed := 0, ""
	for _, s := range all.Suites {
		failures += s.Failures
		if s.Errors > 0 {
			failed += s.Name + " "
		}
		for _, c := range s.Cases {
			if strings.HasSuffix(s.Name, "not/run.py") && c.Skipped == nil {
				t.Errorf("%s of a submission that did not run is not skipped", c.Name)
			}
		}
	}
	if failures != r.Errors() || failed != "p/hello p/waits " {
		t.Errorf("%d failures, errors in %s; want %d", failures, failed, r.Errors())
	}
}

// TestEveryErrorIsAFailureInJUnit: also that of a submission which could not be judged, and so has no suite; each of
// several of one submission.
func TestEveryErrorIsAFailureInJUnit(t *testing.T) {
	r := sample()
	for i, subject := range []string{"other.py", "slow/b.py", "slow/b.py"} {
		f := Finding{Severity: Error, Check: KindSubmission, Subject: subject, File: "f", Message: fmt.Sprint("finding ", i)}
		r.Problems[0].Findings = append(r.Problems[0].Findings, f)
	}
	text := written(t, WriteJUnit, r)
	if n := strings.Count(text, "<failure"); n != r.Errors() {
		t.Errorf("%d failures, want %d\n%s", n, r.Errors(), text)
	}
}

// TestSentenceListsAFewNames: of many problems the rest is counted.
func TestSentenceListsAFewNames(t *testing.T) {
	r := Result{Partial: true}
	for i := range 9 {
		r.Problems = append(r.Problems, NotBegun(fmt.Sprint("p", i)))
	}
	want := "interrupted: 0 of 9 verified, 9 not started: p0, p1, p2, p3, p4 and 4 more"
	if got := r.Interruption(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

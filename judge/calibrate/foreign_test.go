package calibrate

import (
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/text"
	"judge/problems/text/texttest"
)

func TestUntrustedTextIsEscaped(t *testing.T) {
	for _, s := range texttest.Texts() {
		r := Result{Timings: []Timing{{Kind: Accepted, Verdict: problems.AC, Seconds: 1}, {Kind: Accepted, Verdict: problems.WA}, {Kind: TooSlow, Verdict: problems.TLE}}}
		if texttest.Fill(&r, s) < 10 {
			t.Fatal("the result has no strings")
		}
		var b, document strings.Builder
		if err := r.Write(text.NewGuard(&b, text.Allowance{})); err != nil {
			t.Fatal(err)
		}
		if err := text.WriteJSON(&document, r); err != nil {
			t.Fatal(err)
		}
		for _, printed := range []string{b.String(), document.String()} {
			if what := texttest.Obeyed(printed); what != "" {
				t.Errorf("%.60q: %s", s, what)
			}
		}
	}
}

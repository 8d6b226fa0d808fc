package verify

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"judge/problems/text"
	"judge/problems/text/texttest"
)

// foreign is the sample with the text in every string.
func foreign(t *testing.T, s string) Result {
	t.Helper()
	r := sample()
	if n := texttest.Fill(&r, s); n < 100 {
		t.Fatalf("only %d strings were found", n)
	}
	return r
}

func TestNothingForeignIsObeyedInAnyOutput(t *testing.T) {
	guarded := func(w io.Writer) io.Writer { return text.NewGuard(w, text.Allowance{}) }
	for _, s := range texttest.Texts() {
		r := foreign(t, s)
		for name, write := range map[string]func(io.Writer, Result) error{
			"text":         func(w io.Writer, r Result) error { return Text{}.Write(guarded(w), r) },
			"verbose text": func(w io.Writer, r Result) error { return Text{Verbose: true}.Write(guarded(w), r) },
			"JSON":         func(w io.Writer, r Result) error { return text.WriteJSON(w, r) },
		} {
			if what := texttest.Obeyed(written(t, write, r)); what != "" {
				t.Errorf("%s of %.60q: %s", name, s, what)
			}
		}
		for name, write := range map[string]func(io.Writer, Result) error{
			"JUnit": WriteJUnit, "page": WriteHTML, "annotations": WriteAnnotations, "summary": WriteSummary,
		} {
			document := written(t, write, r)
			if name == "page" { // where texts of several lines stand as they are
				document = strings.ReplaceAll(document, "\n"+texttest.Mark, "\n")
			}
			if what := texttest.Unseen(document); what != "" {
				t.Errorf("%s of %.60q: %s", name, s, what)
			}
		}
	}
}

func TestForeignTextLeavesFormatsValid(t *testing.T) {
	for _, s := range texttest.Texts() {
		r := foreign(t, s)
		if err := texttest.BadXML(written(t, WriteJUnit, r)); err != nil {
			t.Errorf("JUnit of %.60q: %v", s, err)
		}
		page := written(t, WriteHTML, r)
		if strings.Count(page, "<script") != 1 || strings.Contains(page, "<img") || strings.Contains(page, "onload=\"") || strings.Contains(page, "href=\"javascript") {
			t.Errorf("%.60q is more than text on the page", s)
		}
		for line := range strings.Lines(written(t, WriteAnnotations, r)) {
			if !strings.HasPrefix(line, "::error file=") && !strings.HasPrefix(line, "::warning file=") || texttest.Obeyed("x"+line) != "" {
				t.Errorf("%.60q: an annotation is %q", s, line)
			}
		}
		for line := range strings.Lines(written(t, WriteSummary, r)) {
			plain := strings.NewReplacer("<code>", "", "</code>", "", "&#", "").Replace(line)
			if strings.ContainsAny(plain, "`<>[]!@_~{}$\\") || strings.HasPrefix(line, "|") && strings.Count(line, "|") != 5 {
				t.Errorf("%.60q: the summary has %q", s, line)
			}
		}
		if document := written(t, func(w io.Writer, r Result) error { return text.WriteJSON(w, r) }, r); !utf8.ValidString(document) {
			t.Errorf("%.60q: JSON is not UTF-8", s)
		} else {
			var read Result
			if err := json.Unmarshal([]byte(document), &read); err != nil || read.Problems[0].Path != text.ValidUTF8(s) {
				t.Errorf("%.60q: JSON has %.60q (%v)", s, read.Problems[0].Path, err)
			}
		}
	}
}

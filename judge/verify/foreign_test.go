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

func TestUntrustedTextIsEscapedInAnyOutput(t *testing.T) {
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
			"JUnit": WriteJUnit, "page": WriteHTML, "summary": WriteSummary,
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
		for _, markup := range []string{"<script>alert", "<img", `onload="`, `href="javascript`} {
			if strings.Contains(page, markup) {
				t.Errorf("%.60q is more than text on the page: %s", s, markup)
			}
		}
		for line := range strings.Lines(written(t, WriteSummary, r)) {
			plain := strings.NewReplacer("<code>", "", "</code>", "", "&#", "").Replace(line)
			if strings.ContainsAny(plain, "`<>[]!@_~{}$\\") || strings.HasPrefix(line, "|") && strings.Count(line, "|") != 6 {
				t.Errorf("%.60q: the summary has %q", s, line)
			}
		}
		document := written(t, func(w io.Writer, r Result) error { return text.WriteJSON(w, r) }, r)
		var read Result
		err := json.Unmarshal([]byte(document), &read)
		if err != nil || !utf8.ValidString(document) || read.Problems[0].Path != text.ValidUTF8(s) {
			t.Errorf("%.60q: JSON is not UTF-8, or has another text (%v)", s, err)
		}
	}
}

func TestMarkdownHasNoUntrustedMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"p/hello/b.py:3":       "p/hello/b.py:3",
		"it is TLE, not AC":    "it is TLE, not AC",
		"www.example.org":      "<code>www&#46;example&#46;org</code>",
		"http://x":             "<code>http&#58;//x</code>",
		":smile:":              "<code>&#58;smile&#58;</code>",
		"@somebody":            "<code>&#64;somebody</code>",
		"a|b`c`<b>&amp;":       "<code>a&#124;b&#96;c&#96;&#60;b&#62;&#38;amp;</code>",
		"a\nb\x1b":             "<code>a b&#92;x1b</code>",
		"_a_ *b* ~c~ #1 [d](e": "<code>&#95;a&#95; &#42;b&#42; &#126;c&#126; &#35;1 &#91;d&#93;(e</code>",
	} {
		if got := markdown(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

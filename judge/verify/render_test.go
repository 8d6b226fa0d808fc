package verify

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

func written(t *testing.T, write func(io.Writer, Result) error, r Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextForPeople(t *testing.T) {
	text := written(t, Text{}.Write, sample())
	for _, want := range []string{
		"p/hello (ICPC legacy)\n", "\nwarning: 1 problem has X validators, which are not supported: p/hello\n", "  error p/hello/submissions/slow/b.py: expected AC, got TLE on secret/01\n", "  warning p/hello/problem.yaml:3: 100% ", " / second line\n",
		"  error p/bad,x/problem.yaml:1: unknown key\n", "\n3 problems: 1 of 3 valid, 2 errors, 2 warnings\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "p/fine") || !strings.Contains(written(t, Text{Verbose: true}.Write, sample()), "p/fine") {
		t.Error("a problem without findings is for -v")
	}
}

func TestJUnit(t *testing.T) {
	text := written(t, WriteJUnit, sample())
	var all suites
	if err := xml.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	names, tests, failures, failed, errors := map[string]bool{}, 0, 0, 0, 0
	for _, s := range all.Suites {
		if names[s.Name] {
			t.Errorf("two suites are called %q", s.Name)
		}
		names[s.Name] = true
		cases := map[string]bool{}
		for _, c := range s.Cases {
			if cases[c.Name] {
				t.Errorf("%s: two cases are called %q", s.Name, c.Name)
			}
			cases[c.Name] = true
			if c.Failure != nil {
				failed++
			}
		}
		if s.Tests != len(s.Cases) {
			t.Errorf("%s: %d tests and %d cases", s.Name, s.Tests, len(s.Cases))
		}
		tests, failures, errors = tests+s.Tests, failures+s.Failures, errors+s.Errors
	}
	if len(all.Suites) != 7 || tests != 16 || failures != failed || failures != 2 || errors != 1 {
		t.Errorf("%d suites, %d tests, %d failures, %d errors", len(all.Suites), tests, failures, errors)
	}
}

func TestJUnitIsBounded(t *testing.T) {
	r := sample()
	long := strings.Repeat("x", 1<<20)
	for range 100 {
		r.Problems[0].Findings = append(r.Problems[0].Findings, Finding{Severity: Error, Check: KindTest, Message: long})
	}
	if text := written(t, WriteJUnit, r); len(text) > 1<<20 {
		t.Errorf("%d bytes", len(text))
	}
}

func TestASummaryIsBoundedAndPlain(t *testing.T) {
	r := sample()
	if text := written(t, WriteSummary, r); strings.Contains(text, "<script") || !strings.Contains(text, "| p/hello | 1 s | 1 of 2 as expected | 1 | 1 |") {
		t.Error(text)
	}
	for i := range 20000 {
		p := r.Problems[0]
		p.Path = fmt.Sprintf("%s%05d", strings.Repeat("long", 40), i)
		r.Problems = append(r.Problems, p)
	}
	if text := written(t, WriteSummary, r); len(text) > 1<<20 {
		t.Errorf("%d bytes", len(text))
	}
}

// needBrowser in the environment makes it a failure that there is no browser; the gate sets it.
const needBrowser = "JUDGE_NEED_BROWSER"

// TestThePageInABrowser looks at the page with a real browser: its scripts run, hostile texts do not, and there is something to see.
func TestThePageInABrowser(t *testing.T) {
	page := written(t, WriteHTML, sample())
	if strings.Contains(page, "<script>alert") || strings.Contains(page, "http://") || strings.Contains(page, "https://") {
		t.Error("a text is no text, or the page needs another")
	}
	dir := t.TempDir()
	// A filter is set before the page's own script looks at it, and a link to some evidence is followed.
	page = strings.Replace(page, "<script>\n\"use strict\";", "<script>document.getElementById('filter').value = 'hello';</script><script>\n\"use strict\";", 1)
	browse := browser(t, dir, page, "#p0-1-1")
	if browse == nil {
		return
	}
	dom := string(browse("--dump-dom"))
	for _, want := range []string{`role="status">1 shown<`, `data-state="bad" data-text="p/bad,x bad:x" hidden=""`, `<details class="evidence" open="">`, "&lt;script&gt;alert(1)"} {
		if !strings.Contains(dom, want) {
			t.Errorf("%s is not in the page as the browser has it", want)
		}
	}
	shot := filepath.Join(dir, "shot.png")
	browse("--screenshot="+shot, "--window-size=1000,700")
	file, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	colours := map[any]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			colours[picture.At(x, y)] = true
		}
	}
	if len(colours) < 20 {
		t.Errorf("the page is %d colours", len(colours))
	}
}

// browser shows a page in headless Chromium and returns what it prints; nil: there is none, and none is needed.
func browser(t *testing.T, dir, page, fragment string) func(args ...string) []byte {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv(needBrowser) != "" {
			t.Fatalf("%s is set, and there is no chromium", needBrowser)
		}
		return nil
	}
	path := filepath.Join(dir, "page.html")
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	return func(args ...string) []byte {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		args = append([]string{"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--user-data-dir=" + filepath.Join(dir, "profile")}, args...)
		out, err := exec.CommandContext(ctx, chromium, append(args, "file://"+path+fragment)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// TestAWideMatrixInABrowser: of many submissions those are shown that are asked for, and rows are put in the order of a column's times.
func TestAWideMatrixInABrowser(t *testing.T) {
	r := sample()
	first := r.Problems[0].Report.Submissions[0]
	r.Problems[0].Report.Submissions = nil
	no := false
	for i := range manyColumns + 2 {
		s := first
		s.Path = fmt.Sprintf("submissions/accepted/s%02d.c", i)
		s.Tests = slices.Clone(first.Tests)
		if i == 3 {
			s.AsExpected, s.Tests[1].Verdict, s.Tests[2].CPUSeconds = &no, problems.WA, 0
		}
		r.Problems[0].Report.Submissions = append(r.Problems[0].Report.Submissions, s)
	}
	page := written(t, WriteHTML, r)
	if !strings.Contains(page, `<table class="many">`) {
		t.Error("the matrix is not narrow")
	}
	act := `<script>
const set = (id, value) => { const e = document.getElementById(id); e.value = value; e.dispatchEvent(new Event("input")); };
const shown = selector => [...document.querySelectorAll(selector)].filter(e => !e.hidden).map(e => e.textContent.trim().split(/\s/)[0]).join(",");
const out = [];
out.push(shown("#p0 thead th"));
set("filter", "S03"); out.push(shown("#p0 thead th") + " " + shown("section:not([hidden]) h2"));
set("filter", "hello"); set("columns", "bad"); out.push(shown("#p0 thead th"));
set("verdict", "WA"); out.push(shown("#p0 tbody tr:not([hidden]) th"));
set("verdict", "AC"); set("filter", ""); document.querySelector('#p0 button[data-sort="3"]').click(); out.push(shown("#p0 tbody tr:not([hidden]) th"));
out.push([...document.querySelectorAll("[aria-sort]")].map(h => h.dataset.text + " " + h.ariaSort).join());
document.title = out.join(" | ");
</script></body>`
	browse := browser(t, t.TempDir(), strings.Replace(page, "</body>", act, 1), "")
	if browse == nil {
		return
	}
	dom := string(browse("--dump-dom"))
	title, _, _ := strings.Cut(dom[strings.Index(dom, "<title>")+len("<title>"):], "</title>")
	want := "test,s00.c,s01.c,s02.c,s03.c,s04.c,s05.c,s06.c,s07.c,s08.c,s09.c | test,s03.c Hello | test,s03.c | secret/02 | secret/01,secret/03 | submissions/accepted/s03.c descending"
	if title != want {
		t.Errorf("got  %s\nwant %s", title, want)
	}
}

// TestPageIsAccessible: what scrolls takes the focus, everything is in a landmark, and what a colour or a tooltip says is text as well.
func TestPageIsAccessible(t *testing.T) {
	r := sample()
	r.Problems[0].Report.Submissions[2].Expected = []problems.Verdict{problems.AC}
	r.Problems[0].Report.Submissions[0].Tests[1].Cached = true
	r.Problems[0].Checks = []Check{{"cached input", 9}}
	page := written(t, WriteHTML, r)
	for _, want := range []string{
		"<header>", "<main>", "</main>", `<span class="soft" id="count" role="status">`, "<caption>", "expected AC</small>",
		`<div class="scroll" tabindex="0" role="region" aria-label="Table: p/hello">`, "italics: cached result", "dashed line: the time limit", "@media print",
		"reused 9 cached inputs",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	for _, bad := range []string{"<th>", "<pre>", `<div class="scroll">`} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	if strings.Contains(written(t, WriteHTML, sample()), "italics") {
		t.Error("a page without cached results explains them")
	}
}

func TestHTMLNamesTheEndOfOutput(t *testing.T) {
	page := written(t, WriteHTML, sample())
	if !strings.Contains(page, "line 1, column 2: expected end of output, got &#34;") {
		t.Error("the difference is not in the page")
	}
}

func TestJUnitHasOneErrorForOneCause(t *testing.T) {
	r := sample()
	tests := r.Problems[0].Report.Submissions[2].Tests
	for i := range tests {
		tests[i].Verdict, tests[i].Message = problems.JE, "the checker crashed"
	}
	tests[2].Message = "the checker hung"
	text := written(t, WriteJUnit, r)
	if n := strings.Count(text, "<error "); n != 2 || !strings.Contains(text, "<skipped>the same judge error as secret/01</skipped>") {
		t.Errorf("%d errors in\n%s", n, text)
	}
}

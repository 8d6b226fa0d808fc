package verify

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"path"
	"slices"
	"strings"

	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

//go:embed page.html
var pageText string

// page is what the template gets: everything is text there, and html/template escapes it.
type page struct {
	Result   Result
	Command  string
	Summary  string
	Machine  string
	Problems []pageProblem
	Matrices bool // a problem has a matrix
	Cached   bool // a cell of a matrix is from the cache
}

type pageProblem struct {
	Problem
	ID          string
	State       string // good, bad or, where no more is known, cut
	Limit       string
	Checked     []string
	Submissions []pageSubmission
	Many        bool // so many submissions that the matrix must be narrow
	Rows        []pageRow
	Evidence    []pageEvidence
}

type pageSubmission struct {
	report.Submission
	Dir    string // of its path; "" for what lies at the top
	Base   string
	State  string // good, bad or plain
	Wanted string
	// Expectation is shown next to the verdict of a submission in the state bad.
	Expectation string
	Score       string
	Bars        []bar
}

// bar is one of a histogram of times, in a picture of 100 by 30.
type bar struct{ X, Y, Width, Height float64 }

type pageRow struct {
	Test  string
	Group string
	Cells []pageCell
}

type pageCell struct {
	Verdict string
	Time    string // "": it was not run
	Title   string
	Millis  int
	Link    string
	Cached  bool
}

type pageEvidence struct {
	ID, Submission, Test, Verdict string
	Words                         []string
	Files                         []pageFile
	Stderr, Interaction           string
}

// Bounds of a page.
const (
	maxCells    = 400_000 // of all matrices together; a browser still scrolls them
	maxEvidence = 2_000
	maxExcerpts = 400 // of all evidence; each may have 12 KiB
	bins        = 20
	manyColumns = 8 // beyond which a matrix is narrow: names are vertical, and cells are short
)

// WriteHTML writes one self-contained page: it loads no script, style or picture, and its policy forbids that.
func WriteHTML(w io.Writer, r Result) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("read the page's template: %w", err)
	}
	r = ordered(text.Clean(r))
	p := page{Result: r, Command: r.Command(), Machine: machineLine(r)}
	p.Summary = fmt.Sprintf("%s, %s, %s",
		plural(len(r.Problems), "problem"), plural(r.Errors(), "error"), plural(r.Warnings(), "warning"))
	if r.Partial {
		p.Summary += "; " + r.Interruption()
	}
	cells, evidence := maxCells, maxEvidence
	for i, one := range r.Problems {
		made := newPageProblem(i, one, &cells, &evidence)
		p.Problems = append(p.Problems, made)
		p.Matrices = p.Matrices || len(made.Rows) > 0
		p.Cached = p.Cached || made.cached()
	}
	if err := t.Execute(w, p); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// machineLine names the judge that wrote the page, and the machine.
func machineLine(r Result) string {
	m := r.Machine
	if m.CPU == "" {
		return ""
	}
	return fmt.Sprintf("judge %v, %s, Linux %s, cores %v, cgroup %s, isolation %s",
		r.Judge, m.CPU, m.Kernel, m.Cores, m.Cgroup, m.Isolation)
}

func newPageProblem(i int, p Problem, cells, evidence *int) pageProblem {
	made := pageProblem{Problem: p, ID: fmt.Sprintf("p%d", i), State: "good"}
	for _, c := range p.Checks {
		made.Checked = append(made.Checked, c.verb()+" "+c.Words())
	}
	switch {
	case p.count(Error) > 0:
		made.State = "bad"
	case p.Partial:
		made.State = "cut"
	}
	if p.Report == nil {
		return made
	}
	limit := p.Report.Problem.Limits.TimeLimit
	made.Limit = limitOf(p)
	for _, s := range p.Report.Submissions {
		made.Submissions = append(made.Submissions, newPageSubmission(s, limit))
	}
	if len(p.Report.Submissions) == 0 {
		return made
	}
	made.Many = len(p.Report.Submissions) > manyColumns
	for t, first := range p.Report.Submissions[0].Tests {
		if *cells -= len(p.Report.Submissions); *cells < 0 {
			made.Rows = append(made.Rows, pageRow{Test: "... more tests are in the JSON report"})
			break
		}
		row := pageRow{Test: first.Name, Group: first.Group}
		if strings.HasPrefix(row.Test, row.Group+"/") {
			row.Group = "" // its name includes it
		}
		for k, s := range p.Report.Submissions {
			cell := newPageCell(s.Tests[t])
			if shown(s.Tests[t]) && *evidence > 0 {
				*evidence--
				e := newEvidence(fmt.Sprintf("%s-%d-%d", made.ID, k, t), s, s.Tests[t])
				if *evidence >= maxEvidence-maxExcerpts {
					e.Files = filesOf(s.Tests[t])
				}
				cell.Link = e.ID
				made.Evidence = append(made.Evidence, e)
			}
			row.Cells = append(row.Cells, cell)
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}

// cached reports whether the matrix has a cell that is from the cache.
func (p pageProblem) cached() bool {
	return slices.ContainsFunc(p.Rows, func(r pageRow) bool {
		return slices.ContainsFunc(r.Cells, func(c pageCell) bool { return c.Cached })
	})
}

func newPageSubmission(s report.Submission, limit float64) pageSubmission {
	made := pageSubmission{Submission: s, State: "plain", Base: path.Base(s.Path)}
	if s.Unfinished {
		made.Wanted = "interrupted: verdict unknown"
	}
	if dir := path.Dir(s.Path); dir != "." {
		made.Dir = strings.TrimPrefix(dir, "submissions/")
	}
	if s.AsExpected != nil {
		made.State = "bad"
		if *s.AsExpected {
			made.State = "good"
		}
		var unmet []string
		for _, u := range s.Unmet {
			unmet = append(unmet, u.Text)
		}
		made.Wanted = strings.Join(unmet, "; ")
		made.Expectation = expectation(s, made.Wanted)
	}
	if s.Score != nil {
		made.Score = fmt.Sprintf("%g points", *s.Score)
	}
	counts := make([]int, bins)
	highest := 0
	for _, t := range s.Tests {
		if t.Verdict == problems.SKIP || limit <= 0 || t.CPUSeconds < 0 {
			continue
		}
		at := min(bins-1, int(min(t.CPUSeconds/limit, bins)*bins*0.8)) // the limit is at four fifths
		counts[at]++
		highest = max(highest, counts[at])
	}
	for i, n := range counts {
		if n > 0 {
			height := 2 + 28*math.Log1p(float64(n))/math.Log1p(float64(highest))
			made.Bars = append(made.Bars, bar{float64(i) * 5, 30 - height, 4.5, height})
		}
	}
	return made
}

// expectation returns which verdict was expected, or, if that is the verdict, what else is not as expected.
func expectation(s report.Submission, unmet string) string {
	if len(s.Expected) == 0 || slices.Contains(s.Expected, s.Verdict) {
		return cmp.Or(unmet, "not as expected")
	}
	var verdicts []string
	for _, v := range s.Expected {
		verdicts = append(verdicts, v.String())
	}
	return "expected " + strings.Join(verdicts, " or ")
}

func newPageCell(t report.Test) pageCell {
	c := pageCell{Verdict: t.Verdict.String(), Millis: int(t.CPUSeconds * 1000), Cached: t.Cached}
	if t.Verdict != problems.SKIP {
		c.Time = fmt.Sprintf("%d ms", c.Millis)
	}
	c.Title = strings.TrimSpace(fmt.Sprintf("%s %s, %.3f s CPU, %.3f s elapsed, %.1f MiB %s",
		t.Verdict, t.Reason, t.CPUSeconds, t.WallSeconds, float64(t.MemoryBytes)/(1<<20), t.Message))
	if t.Cached {
		c.Title += ", cached"
	}
	return c
}

// shown reports whether a test has something to show.
func shown(t report.Test) bool {
	return t.Verdict != problems.AC && t.Verdict != problems.SKIP
}

func newEvidence(id string, s report.Submission, t report.Test) pageEvidence {
	e := pageEvidence{
		ID: id, Submission: s.Path, Test: t.Name, Stderr: t.Stderr, Interaction: t.Interaction,
		Verdict: strings.TrimSpace(t.Verdict.String() + " " + string(t.Reason)),
	}
	if t.Message != "" {
		e.Words = append(e.Words, t.Message)
	}
	if d := t.Difference; d != nil {
		e.Words = append(e.Words, differenceWords(*d))
	}
	return e
}

// differenceWords say where an output differs from the answer, and how.
func differenceWords(d report.Difference) string {
	got, expected := side(d.Got, d.GotEnd), side(d.Expected, d.ExpectedEnd)
	return fmt.Sprintf("line %d, column %d: expected %s, got %s", d.Line, d.Column, expected, got)
}

// side is what the output or the answer has where they differ.
func side(text string, end bool) string {
	if end {
		return "end of output"
	}
	return `"` + text + `"`
}

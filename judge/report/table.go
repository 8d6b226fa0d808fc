package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"judge/problems"
	"judge/problems/text"
)

// Table holds how the verdict table is drawn. The zero value is plain, for a pipe.
type Table struct {
	Color   bool
	Verbose bool // list every test, with time and memory next to the limits
	Width   int  // columns of the terminal; 0: 120
}

// Widths in columns.
const (
	defaultWidth = 120
	maxName      = 18  // of a submission, or of a test that shares its line
	maxLabel     = 40  // of a line
	maxPlace     = 200 // of a path that people copy
	maxVerdict   = 20  // with its reason
)

// Write writes the table: a line for each test, a column for each submission, and below it what the first failing test
// of each shows. Submissions whose columns do not fit have a line each. A report without all verdicts is an error.
func (t Table) Write(w io.Writer, r *Report) error {
	if err := r.Check(); err != nil {
		return fmt.Errorf("draw the table: %w", err)
	}
	d := newDrawing(t, r)
	d.head()
	if err := d.tables(); err != nil {
		return err
	}
	d.evidence()
	d.closing()
	if _, err := w.Write(d.b.Bytes()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// drawing is a table that is being drawn.
type drawing struct {
	b       bytes.Buffer
	r       *Report // cleaned
	names   []string
	p       palette
	verbose bool
	width   int
	isList  bool // each submission has one line
}

func newDrawing(t Table, r *Report) *drawing {
	d := &drawing{r: text.Clean(r), p: palette{t.Color}, verbose: t.Verbose, width: t.Width}
	if d.width <= 0 {
		d.width = defaultWidth
	}
	for _, name := range shortNames(d.r.Submissions) {
		d.names = append(d.names, CutMiddle(name, d.width/2))
	}
	return d
}

// line writes one line.
func (d *drawing) line(format string, values ...any) {
	fmt.Fprintf(&d.b, format, values...)
	d.b.WriteByte('\n')
}

func (d *drawing) head() {
	l := d.r.Problem.Limits
	facts := []string{plural(d.r.Problem.Tests, "test"), number(l.TimeLimit) + " s", number(l.Memory) + " MiB"}
	if cores := d.r.Machine.Cores; len(cores) > 0 {
		word := "core "
		if len(cores) > 1 {
			word = "cores "
		}
		if d.r.Machine.Exclusive {
			word = "exclusive " + word
		}
		facts = append(facts, word+ranges(cores))
	}
	if own := d.r.Machine.JudgeOn; len(own) > 0 {
		facts = append(facts, "judge on "+ranges(own))
	}
	facts = append(facts, "isolation "+d.r.Machine.Isolation)
	name, rest := cut(d.r.Problem.Name, d.width/2), cut(strings.Join(facts, " · "), d.width)
	space := "   "
	if runewidth.StringWidth(name+space+rest) > d.width {
		space = "\n"
	}
	d.line("%s%s%s", d.p.bold(name), space, d.p.faint(rest))
	d.partial()
}

// partial reports that the run was interrupted: first and last, so that nobody misses it.
func (d *drawing) partial() {
	if d.r.Partial {
		d.line("%s", d.p.ours("PARTIAL: interrupted; tests that did not run are SKIP"))
	}
}

func (d *drawing) tables() error {
	if len(d.r.Submissions) == 1 {
		return d.single()
	}
	return d.several()
}

// closing counts the verdicts of several submissions.
func (d *drawing) closing() {
	if len(d.r.Submissions) > 1 {
		d.line("\n%s: %s", plural(len(d.r.Submissions), "submission"), strings.Join(d.counts(), " · "))
		if surprises := d.surprises(); surprises != "" {
			d.line("%s", surprises)
		}
	}
	d.partial()
}

func (d *drawing) counts() []string {
	counts := map[problems.Verdict]int{}
	for _, s := range d.r.Submissions {
		counts[s.Verdict]++
	}
	var words []string
	for v := problems.AC; v <= problems.SKIP; v++ {
		if counts[v] > 0 {
			words = append(words, d.p.verdict(v, fmt.Sprintf("%d %s", counts[v], v)))
		}
	}
	return words
}

// surprises compares the verdicts with the expected ones; "" where none is declared.
func (d *drawing) surprises() string {
	declared, unfinished := 0, ""
	var others []string
	for i, s := range d.r.Submissions {
		if s.Unfinished {
			unfinished = "; others are unfinished"
		}
		if s.AsExpected == nil {
			continue
		}
		declared++
		if !*s.AsExpected {
			others = append(others, d.names[i])
		}
	}
	switch {
	case declared == 0:
		return ""
	case len(others) > 0:
		count := fmt.Sprintf("%d of %d not as expected: ", len(others), declared)
		return d.p.bad(cut(count+strings.Join(others, ", "), d.width))
	case declared == len(d.r.Submissions):
		return d.p.good("all as expected")
	default:
		return d.p.good(fmt.Sprintf("all %d with an expected verdict as expected", declared) + unfinished)
	}
}

// expectation reports whether the verdict is the expected one; "" where none is declared.
func (d *drawing) expectation(s Submission) string {
	switch {
	case s.AsExpected == nil && len(s.Expected) > 0 && !s.Unfinished: // only some of the tests were judged
		return d.p.faint("not checked")
	case s.AsExpected == nil:
		return ""
	case *s.AsExpected:
		return d.p.good("yes")
	default:
		return d.p.bad(cut("NO: "+wanted(s), maxVerdict))
	}
}

// wanted is the expected verdict of a submission, in few words.
func wanted(s Submission) string {
	if len(s.Expected) == 0 && len(s.Unmet) > 0 {
		return s.Unmet[0].Text
	}
	return verdicts(s.Expected)
}

func verdicts(all []problems.Verdict) string {
	var codes []string
	for _, v := range all {
		codes = append(codes, v.String())
	}
	return strings.Join(codes, " or ")
}

// maxima are a submission's largest time and memory; "-" where nothing ran.
func maxima(s Submission) (time, memory string) {
	if !ran(s) {
		return "-", "-"
	}
	return seconds(s.MaxCPUSeconds), mebibytes(s.MaxMemoryBytes)
}

package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter" // aligns cells that hold colours and wide characters
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"judge/problems"
)

// Table says how the verdict table is drawn. The zero value is plain, for a pipe.
type Table struct {
	Color   bool
	Verbose bool // every test, with time and memory against the limits
	Width   int  // columns of the terminal; 0: 120
}

const defaultWidth = 120

// Write writes the table: a line for each test, a column for each submission, and beneath it what the first failing test
// of each showed.
func (t Table) Write(w io.Writer, r *Report) error {
	var b bytes.Buffer
	p := palette{t.Color}
	names := shortNames(r.Submissions)
	partial := p.verdict(problems.JE, "PARTIAL: the judging was interrupted; SKIP is what was not run")
	t.head(&b, r, p)
	if r.Partial {
		fmt.Fprintln(&b, partial)
	}
	var err error
	if len(r.Submissions) == 1 {
		err = t.single(&b, r, names[0], p)
	} else {
		err = t.blocks(&b, r, names, p)
	}
	if err != nil {
		return fmt.Errorf("draw the table: %w", err)
	}
	var found bytes.Buffer
	evidence(&found, r, names, p)
	if found.Len() > 0 {
		fmt.Fprintf(&b, "\n%s", found.Bytes())
	}
	if r.Partial {
		fmt.Fprintln(&b, partial)
	}
	if _, err := w.Write(trimLines(b.Bytes())); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

func (t Table) head(w io.Writer, r *Report, p palette) {
	l := r.Problem.Limits
	limits := fmt.Sprintf("%s · %s s · %s MiB", plural(r.Problem.Tests, "test"), number(l.TimeLimit), number(l.Memory))
	var cores []string
	for _, c := range r.Machine.Cores {
		cores = append(cores, fmt.Sprint(c))
	}
	fmt.Fprintf(w, "%s   %s\n", p.bold(r.Problem.Name), p.faint(limits+" · core "+strings.Join(cores, ",")+" · isolation "+r.Machine.Isolation))
}

// single draws one submission: a line has a test's verdict, time and memory.
func (t Table) single(w io.Writer, r *Report, name string, p palette) error {
	s, l := r.Submissions[0], r.Problem.Limits
	table := newTable(w, tw.AlignLeft, tw.AlignLeft, tw.AlignRight, tw.AlignRight)
	table.Header("test", name, "time", "memory")
	for _, row := range shownRows(r.Submissions, r.Problem.Tests, t.Verbose) {
		test := s.Tests[row.first]
		verdict := p.verdict(test.Verdict, judged(test.Verdict, test.Reason))
		if row.count() > 1 {
			verdict += p.faint(fmt.Sprintf(" ×%d", row.count()))
		}
		time, memory := t.figures(test.Verdict, row, s.Tests, l)
		if err := table.Append(row.name(s.Tests), verdict, time, memory); err != nil {
			return err
		}
	}
	table.Footer(
		fmt.Sprintf("%d of %d", passed(s), len(s.Tests)), p.verdict(s.Verdict, judged(s.Verdict, s.Reason))+expectation(s, p),
		maximum(s, seconds(s.MaxCPUSeconds)), maximum(s, mebibytes(s.MaxMemoryBytes)),
	)
	return table.Render()
}

// shownRows are the lines of the table: none when nothing compiled, for then there is nothing to tell of any test.
func shownRows(submissions []Submission, tests int, verbose bool) []row {
	for _, s := range submissions {
		if s.Verdict != problems.CE {
			return rows(submissions, tests, verbose)
		}
	}
	return nil
}

// figures are a line's largest time and memory; verbose, against the limits.
func (t Table) figures(v problems.Verdict, row row, tests []Test, l Limits) (time, memory string) {
	if v == problems.SKIP {
		return "", ""
	}
	cpu, bytes := row.most(tests)
	time, memory = seconds(cpu), mebibytes(bytes)
	if t.Verbose {
		time = fmt.Sprintf("%.2f / %s s", cpu, number(l.TimeLimit))
		memory = fmt.Sprintf("%.1f / %s MiB", float64(bytes)/(1<<20), number(l.Memory))
	}
	return time, memory
}

// maximum is a figure of a submission that ran.
func maximum(s Submission, figure string) string {
	if s.Verdict == problems.CE || firstFailure(s) == nil && passed(s) == 0 {
		return ""
	}
	return figure
}

// expectation says whether the verdict is what the problem's author states; "" where nothing is stated.
func expectation(s Submission, p palette) string {
	if s.AsExpected == nil {
		return ""
	}
	if *s.AsExpected {
		return p.faint(" as expected")
	}
	return p.verdict(problems.WA, " expected "+verdicts(s.Expected))
}

func verdicts(all []problems.Verdict) string {
	var codes []string
	for _, v := range all {
		codes = append(codes, v.String())
	}
	return strings.Join(codes, " or ")
}

// Widths of columns, for dividing submissions into blocks that fit.
const (
	testColumn  = 26
	otherColumn = 21
	nameWidth   = 18
)

// blocks draws several submissions, as many side by side as fit.
func (t Table) blocks(w io.Writer, r *Report, names []string, p palette) error {
	width := t.Width
	if width <= 0 {
		width = defaultWidth
	}
	column := otherColumn
	if t.Verbose {
		column += 16
	}
	most := max(1, (width-testColumn)/column)
	for first := 0; first < len(names); first += most {
		if first > 0 {
			fmt.Fprintln(w)
		}
		last := min(first+most, len(names))
		if err := t.block(w, r, r.Submissions[first:last], names[first:last], p); err != nil {
			return err
		}
	}
	return nil
}

// block draws some submissions side by side.
func (t Table) block(w io.Writer, r *Report, submissions []Submission, names []string, p palette) error {
	header := []any{"test"}
	align := []tw.Align{tw.AlignLeft}
	for _, name := range names {
		header = append(header, cut(name, nameWidth))
		align = append(align, tw.AlignLeft)
	}
	table := newTable(w, align...)
	table.Header(header...)
	for _, row := range shownRows(submissions, r.Problem.Tests, t.Verbose) {
		line := []any{row.name(submissions[0].Tests)}
		for _, s := range submissions {
			line = append(line, t.cell(row, s, r.Problem.Limits, p))
		}
		if err := table.Append(line...); err != nil {
			return err
		}
	}
	table.Footer(t.summary(submissions, p)...)
	return table.Render()
}

// cell is one submission's result on a line's tests.
func (t Table) cell(row row, s Submission, l Limits, p palette) string {
	test := s.Tests[row.first]
	if s.Verdict == problems.CE {
		return ""
	}
	verdict := p.verdict(test.Verdict, cut(judged(test.Verdict, test.Reason), nameWidth))
	time, memory := t.figures(test.Verdict, row, s.Tests, l)
	switch {
	case t.Verbose:
		return strings.TrimSpace(verdict + "  " + p.faint(time+"  "+memory))
	case test.Verdict == problems.AC:
		return verdict + "  " + p.faint(time)
	default:
		return verdict
	}
}

// summary is the line beneath: verdict, passed tests, maxima, a line of the cell each.
func (t Table) summary(submissions []Submission, p palette) []any {
	line := []any{"verdict\npassed\nmax time\nmax memory\nlanguage"}
	anyExpected := false
	for _, s := range submissions {
		anyExpected = anyExpected || s.AsExpected != nil
	}
	if anyExpected {
		line[0] = line[0].(string) + "\nexpected"
	}
	for _, s := range submissions {
		cell := strings.Join([]string{
			p.verdict(s.Verdict, cut(judged(s.Verdict, s.Reason), nameWidth)),
			fmt.Sprintf("%d of %d", passed(s), len(s.Tests)),
			orDash(maximum(s, seconds(s.MaxCPUSeconds))), orDash(maximum(s, mebibytes(s.MaxMemoryBytes))),
			s.Language,
		}, "\n")
		if anyExpected {
			cell += "\n" + t.expected(s, p)
		}
		line = append(line, cell)
	}
	return line
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (t Table) expected(s Submission, p palette) string {
	switch {
	case s.AsExpected == nil:
		return "-"
	case *s.AsExpected:
		return p.verdict(problems.AC, "yes")
	default:
		return p.verdict(problems.WA, cut("NO: "+verdicts(s.Expected), nameWidth))
	}
}

// newTable is a table without frames: a rule beneath the header and above the footer.
func newTable(w io.Writer, align ...tw.Align) *tablewriter.Table {
	cells := tw.CellConfig{
		Alignment:  tw.CellAlignment{PerColumn: align},
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Padding:    tw.CellPadding{Global: tw.Padding{Left: " ", Right: " "}},
	}
	return tablewriter.NewTable(w,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off},
				Lines:      tw.Lines{ShowHeaderLine: tw.On, ShowFooterLine: tw.On},
			},
		})),
		tablewriter.WithConfig(tablewriter.Config{Header: cells, Row: cells, Footer: cells}),
		tablewriter.WithTrimSpace(tw.Off),
	)
}

// trimLines removes white space at the ends of lines, which tables leave and diffs show.
func trimLines(text []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		b.Write(bytes.TrimRight(line, " \n"))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

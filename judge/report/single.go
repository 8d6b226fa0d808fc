package report

import (
	"fmt"

	"judge/problems"
)

// single draws one submission: a line has a test's verdict, time and memory. A submission that does not compile has no
// lines.
func (d *drawing) single() error {
	s := d.r.Submissions[0]
	d.line("%s   %s", d.names[0], d.p.faint(s.Language+compiled(s.Compile)))
	if s.Verdict == problems.CE {
		if e := d.expectation(s); e != "" {
			d.line("expected   %s", e)
		}
		return nil
	}
	g := Grid{Align: "llrr", Header: []string{"test", "verdict", "time", "memory"}}
	for _, row := range rows(d.r.Submissions, d.r.Problem.Tests, d.verbose) {
		v, words := row.verdict(s.Tests)
		text := d.p.verdict(v, words)
		if first := s.Tests[row.first]; row.count() > 1 && words == brief(first.Verdict, first.Reason)+part(first) {
			text += d.p.faint(fmt.Sprintf(" ×%d", row.count()))
		}
		time, memory := d.figures(v, row, s.Tests)
		g.Rows = append(g.Rows, []string{row.name(s.Tests), text, time, memory})
	}
	time, memory := maxima(s)
	g.Footer = []string{
		fmt.Sprintf("%d of %d", passed(s), len(s.Tests)),
		d.p.verdict(s.Verdict, brief(s.Verdict, s.Reason)), time, memory,
	}
	if e := d.expectation(s); e != "" {
		g.Footer[0] += "\nexpected"
		g.Footer[1] += "\n" + e
	}
	if err := g.Write(&d.b); err != nil {
		return err
	}
	return d.groups(s)
}

// compiled describes the compilation.
func compiled(c Compile) string {
	how := ""
	if c.Linking == "dynamic" { // the unusual case, in which times and memory may differ from those of other hosts
		how = " · linked dynamically"
	}
	switch {
	case !c.OK:
		return ""
	case c.Cached:
		return " · compiled (cached)" + how
	case c.Seconds > 0:
		return " · compiled in " + seconds(c.Seconds) + how
	default:
		return how
	}
}

// figures are a line's largest time and memory; verbose, next to the limits.
func (d *drawing) figures(v problems.Verdict, row row, tests []Test) (time, memory string) {
	if v == problems.SKIP {
		return "", ""
	}
	cpu, bytes := row.most(tests)
	if !d.verbose {
		return seconds(cpu), mebibytes(bytes)
	}
	l := d.r.Problem.Limits
	return fmt.Sprintf("%.2f / %s s", cpu, hundredths(l.TimeLimit)),
		fmt.Sprintf("%.1f / %s MiB", float64(bytes)/(1<<20), number(l.Memory))
}

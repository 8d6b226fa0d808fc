package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"judge/cmd/judge/terminal"
	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/text"
)

// showMade writes a line for each line of a problem that makes tests: their names, and the line. Of a run that decides
// itself which tests there are, the names are unknown.
func showMade(line func(key, format string, args ...any), p *problems.Problem) {
	var rows [][2]string
	for i := 0; i < len(p.Tests); {
		first, n := p.Tests[i], 1
		if first.Recipe == nil {
			i++
			continue
		}
		for i+n < len(p.Tests) && ofOneLine(first.Recipe, p.Tests[i+n].Recipe) {
			n++
		}
		rows = append(rows, [2]string{rangeOf(first.Name, p.Tests[i+n-1].Name), madeBy(p, first.Recipe)})
		i += n
	}
	for _, b := range p.Batches {
		rows = append(rows, [2]string{"(named by the run)", madeBy(p, &b.Recipe)})
	}
	width := 0
	for _, row := range rows {
		width = max(width, min(len(row[0]), 40))
	}
	for _, row := range rows {
		line("made", "%-*s  %s", width, row[0], row[1])
	}
	if model := p.Solution(); model != nil && len(rows) > 0 {
		line("answers", "by %s", beneath(p, model.Path))
	}
}

// ofOneLine reports whether a line of the package makes both tests.
func ofOneLine(a, b *problems.Recipe) bool {
	return b != nil && a.File == b.File && a.Row == b.Row && a.Column == b.Column && a.Line == b.Line && a.Line != ""
}

// rangeOf names tests from the first to the last: "small-01..20".
func rangeOf(first, last string) string {
	if first == last {
		return first
	}
	n := 0
	for n < min(len(first), len(last)) && first[n] == last[n] {
		n++
	}
	for n > 0 && '0' <= last[n-1] && last[n-1] <= '9' {
		n-- // a number is written out
	}
	return first + ".." + last[n:]
}

// madeBy describes what makes a test: the line of the package, with the program's path.
func madeBy(p *problems.Problem, r *problems.Recipe) string {
	words := cmp.Or(r.Line, r.Command)
	switch {
	case words != "" && r.Program != nil:
		first, rest, _ := strings.Cut(words, " ")
		path := beneath(p, r.Program.Path)
		stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		if first == stem || first == filepath.Base(path) {
			return strings.TrimSpace(path + " " + rest)
		}
		return words
	case words != "":
		return words
	case r.Program != nil:
		return beneath(p, r.Program.Path)
	case r.Input.Origin == problems.FromPath:
		return beneath(p, r.Input.Name)
	default:
		return fmt.Sprintf("text %.40q", r.Input.Name)
	}
}

// showTest prints the input of a test, which is made first if necessary. Only a terminal gets it with its control
// characters escaped.
func showTest(ctx context.Context, stdio, raw IO, p *problems.Problem, name string) error {
	is := func(t problems.TestCase) bool { return t.Name == name }
	only := func(p *problems.Problem) error {
		if slices.ContainsFunc(p.Tests, is) {
			p.Keep(is)
			return nil
		}
		var names []string
		for _, t := range p.Tests {
			names = append(names, t.Name)
		}
		none := &emptyError{fmt.Sprintf("no test is named %q", name)}
		if hint := nearest(name, names); hint != "" {
			return &hinted{none, hint}
		}
		return none
	}
	if len(p.Batches) == 0 {
		if err := only(p); err != nil {
			return err
		}
	}
	i := slices.IndexFunc(p.Tests, is)
	if i < 0 || p.Tests[i].Input == "" {
		if err := makeAll(ctx, stdio.Stderr, p, only); err != nil {
			return err
		}
		i = slices.IndexFunc(p.Tests, is)
	}
	file, err := safefile.Open(p.Tests[i].Input)
	if err != nil {
		return fmt.Errorf("read the input of test %s: %w", text.Line(filepath.Base(name)), err)
	}
	defer file.Close()
	to := raw.Stdout
	if terminal.Width(to) > 0 {
		to = stdio.Stdout
	}
	_, err = io.Copy(to, file)
	return ignoreClosed(err)
}

// Package made shows and writes the tests of a problem that recipes make.
package made

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"judge/problems"
)

// Show writes a line for each line of a problem that makes tests: their names, and the line. Of a run that decides
// itself which tests there are, the names are unknown.
func Show(line func(key, format string, args ...any), p *problems.Problem) {
	var rows [][2]string
	answers := 0 // that are made for files
	for i := 0; i < len(p.Tests); {
		first, n := p.Tests[i], 1
		if first.Recipe == nil || first.Recipe.OfFile() {
			if first.Recipe != nil && first.Answer == "" {
				answers++
			}
			i++
			continue
		}
		for i+n < len(p.Tests) && ofOneLine(first.Recipe, p.Tests[i+n].Recipe) {
			n++
		}
		rows = append(rows, [2]string{rangeOf(first.Name, p.Tests[i+n-1].Name), By(p, first.Recipe)})
		i += n
	}
	for _, b := range p.Batches {
		rows = append(rows, [2]string{"(named by the run)", By(p, &b.Recipe)})
	}
	width := 0
	for _, row := range rows {
		width = max(width, min(len(row[0]), 40))
	}
	for _, row := range rows {
		line("made", "%-*s  %s", width, row[0], row[1])
	}
	if answers > 0 {
		line("made", "answers of files (%d)", answers)
	}
	if model := p.Solution(); model != nil && len(rows)+answers > 0 {
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

// By describes what makes a test: the line of the package, with the program's path.
func By(p *problems.Problem, r *problems.Recipe) string {
	words := cmp.Or(r.Line, r.Command)
	switch {
	case r.OfFile():
		return "a file, with an answer that is made"
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
	default:
		return fmt.Sprintf("text %.40q", r.Input.Name)
	}
}

// beneath returns a path relative to the problem's directory.
func beneath(p *problems.Problem, path string) string {
	if relative, err := filepath.Rel(p.Dir, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

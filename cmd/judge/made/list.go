package made

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"judge/judge/generate"
	"judge/problems"
	"judge/problems/text"
)

// List is the result of judge generate.
type List struct {
	Schema   int       `json:"schema"`
	Problem  string    `json:"problem"`
	Tests    []Test    `json:"tests"`
	Failures []Failure `json:"failures"`
}

// Test is one test of the problem.
type Test struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"`
	Bytes   int64    `json:"bytes"`   // of the input
	Recipe  *string  `json:"recipe"`  // the command; null: the test is a file
	Seconds *float64 `json:"seconds"` // of CPU that making it has taken; null: it is a file
	Cached  bool     `json:"cached"`
}

// Failure is a program that failed, or a difference that --check has found.
type Failure struct {
	Test    string `json:"test"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
	Stderr  string `json:"stderr" text:"lines"`
}

// NewList lists the tests of a problem, and what failed.
func NewList(p *problems.Problem, made []generate.Test, failures generate.Failures) List {
	list := List{Schema: 1, Problem: p.Name, Tests: []Test{}, Failures: []Failure{}}
	byName := map[string]generate.Test{}
	for _, t := range made {
		byName[t.Name] = t
	}
	for _, t := range p.Tests {
		one := Test{Name: t.Name, Group: strings.Join(t.Groups, ", "), Bytes: sizeOf(t.Input)}
		if t.Recipe != nil && !t.Recipe.OfFile() {
			command := By(p, &problems.Recipe{
				Line: t.Recipe.Command, Program: t.Recipe.Program, Input: t.Recipe.Input,
			})
			one.Recipe = &command
		}
		if m, known := byName[t.Name]; known {
			one.Seconds, one.Cached = &m.Seconds, m.Cached
		}
		list.Tests = append(list.Tests, one)
	}
	for _, f := range failures {
		one := Failure{Test: f.Test, Message: f.Doing + ": " + f.How, Stderr: f.Stderr}
		if f.Recipe != nil {
			one.File, one.Line = f.Recipe.File, f.Recipe.Row
		}
		list.Failures = append(list.Failures, one)
	}
	return list
}

// Table writes the list for people.
func (l List) Table(w io.Writer) error {
	rows := [][]string{{"test", "group", "bytes", "seconds", "made by"}}
	for _, t := range l.Tests {
		row := []string{t.Name, t.Group, strconv.FormatInt(t.Bytes, 10), "", "a file"}
		switch {
		case t.Bytes < 0:
			row[2], row[3] = "-", "failed"
		case t.Cached:
			row[3] = "cached"
		case t.Seconds != nil:
			row[3] = fmt.Sprintf("%.2f", *t.Seconds)
		}
		if t.Recipe != nil {
			row[4] = *t.Recipe
		} else if t.Seconds != nil {
			row[4] = "a file, with an answer that is made"
		}
		rows = append(rows, row)
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = text.CutLine(cell, maxCell)
			widths[i] = max(widths[i], len(row[i]))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-*s  %-*s  %*s  %*s  %s\n", widths[0], row[0], widths[1], row[1], widths[2], row[2],
			widths[3], row[3], row[4])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// maxCell bounds a cell of the table, in bytes.
const maxCell = 200

// sizeOf returns the size of a file; -1: it does not exist.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if path == "" || err != nil {
		return -1
	}
	return info.Size()
}

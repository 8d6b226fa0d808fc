package recipe

import (
	"bytes"
	"fmt"
	"strings"

	"judge/problems"
)

// MaxScript is the largest size of a script, in bytes.
const MaxScript = 8 << 20

// Entry is a line of a script: NAME PROGRAM ARG...
type Entry struct {
	Name        string
	Words       []string // the program and its arguments
	Row, Column int      // of the name, from 1
}

// Script reads a script: a line for each command, with a name before it. Blank lines, and what follows an unquoted # at
// the beginning of a word, are comments. Errors are *problems.Error without a file.
func Script(data []byte) ([]Entry, error) {
	if len(data) > MaxScript {
		return nil, &problems.Error{
			Line: 1, Col: 1, Msg: fmt.Sprintf("larger than %d MiB", MaxScript>>20),
			Hint: "write ranges, as in small-{1..20}  random {seed}",
		}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var entries []Entry
	row := 0
	for l := range strings.Lines(string(data)) {
		row++
		words, fault := split(strings.TrimRight(l, "\r\n"), true)
		if fault != nil {
			fault.Line = row
			return nil, fault
		}
		if len(words) == 0 {
			continue
		}
		if fault := complete(words); fault != nil {
			fault.Line = row
			return nil, fault
		}
		entries = append(entries, Entry{words[0].Text, texts(words[1:]), row, words[0].Column})
	}
	return entries, nil
}

// complete checks that a line has a name and a program.
func complete(words []Word) *problems.Error {
	first := words[0]
	if first.Text == "" {
		return &problems.Error{Col: first.Column, Msg: "the name is empty", Hint: "begin the line with the test's name"}
	}
	if len(words) == 1 || strings.HasPrefix(words[1].Text, "-") {
		return Nameless(texts(words), first.Column)
	}
	return nil
}

// Nameless returns the error about a line that has a program and no name before it.
func Nameless(words []string, column int) *problems.Error {
	return &problems.Error{
		Col: column, Msg: "the line has no name: expected NAME PROGRAM ARG...",
		Hint: "write a name before the program, as in: small-1  " + strings.Trim(printable(Join(words)), `"`),
	}
}

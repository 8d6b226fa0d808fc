package verify

import (
	"strings"

	"judge/judge/report"
)

// pageFile is the beginning of a file of a failed test. Marked is the line with the first difference.
type pageFile struct{ Name, Before, Marked, After string }

// filesOf returns the files of a failed test, of which the page has excerpts.
func filesOf(t report.Test) (files []pageFile) {
	if t.Input != nil {
		files = append(files, pageFile{Name: "input", Before: *t.Input})
	}
	if t.Output == nil || t.Answer == nil {
		return files
	}
	answer, output, line := "answer", "output", 0
	if t.Difference != nil {
		answer, output, line = "expected", "got", t.Difference.Line
	}
	return append(files, marked(answer, *t.Answer, line), marked(output, *t.Output, line))
}

// marked divides an excerpt at a line, from 1; 0, or a line that it does not have: nothing is marked.
func marked(name, text string, line int) pageFile {
	lines := strings.SplitAfter(text, "\n")
	if line < 1 || line > len(lines) {
		return pageFile{Name: name, Before: text}
	}
	return pageFile{
		Name: name, Before: strings.Join(lines[:line-1], ""), Marked: lines[line-1], After: strings.Join(lines[line:], ""),
	}
}

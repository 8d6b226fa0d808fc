package languages

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// workDir is where a compiler runs, in the names of files in its output.
const workDir = "/box/work/"

// CompileError is the first error in the output of a compiler.
type CompileError struct {
	Text string // one line; "": the compiler printed nothing
	File string // name of the submission's file with the error; "": unknown
	Line int    // from 1; 0: unknown
}

// FirstError returns the first error in a compiler's output, by the language's pattern. A location counts only if
// it is in one of the submission's files: the output is untrusted.
func (l Language) FirstError(log string, files []string) CompileError {
	var groups []int
	if l.ErrorPattern != nil {
		groups = l.ErrorPattern.FindStringSubmatchIndex(log)
	}
	if groups == nil {
		return CompileError{Text: likelyError(log)}
	}
	group := func(name string) string {
		i := l.ErrorPattern.SubexpIndex(name)
		if i < 0 || groups[2*i] < 0 {
			return ""
		}
		return log[groups[2*i]:groups[2*i+1]]
	}
	said := group("message")
	if said == "" {
		said = log[groups[0]:groups[1]]
	}
	found := CompileError{Text: oneLine(said)}
	file := strings.TrimPrefix(strings.TrimPrefix(group("file"), "file://"), workDir)
	file = strings.TrimPrefix(file, "./")
	if line, err := strconv.Atoi(group("line")); err == nil && line > 0 && slices.Contains(files, file) {
		found.File, found.Line = file, line
	}
	return found
}

// anError matches a line with an error message, as most compilers print them.
var anError = regexp.MustCompile(`(?im)^.*\berror\b.*$`)

// likelyError returns the line that most likely describes the error, in output of an unknown form.
func likelyError(log string) string {
	if found := anError.FindString(log); found != "" {
		return oneLine(found)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(log), "\n")
	return oneLine(first)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

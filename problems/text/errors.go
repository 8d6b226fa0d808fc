package text

import (
	"errors"
	"strings"
)

// Error returns the text of an error with every foreign text escaped. Only the line ends of errors.Join stay, and those
// of errors with a method Lines() []string, which returns the lines of Error: a line end in a name does not make a new
// line. A line of more than 8 KiB is cut: two paths fit.
func Error(err error) string {
	const longest = 8 << 10
	lines := strings.Split(errorText(err), "\n")
	for i, line := range lines {
		lines[i] = CutLine(line, longest)
	}
	return strings.Join(lines, "\n")
}

func errorText(err error) string {
	whole := err.Error()
	if of, ok := err.(interface{ Lines() []string }); ok {
		var lines []string
		for _, line := range of.Lines() {
			lines = append(lines, Line(line))
		}
		return strings.Join(lines, "\n")
	}
	causes, joined := causesOf(err)
	var b strings.Builder
	for _, cause := range causes {
		before, after, found := strings.Cut(whole, cause.Error())
		if !found {
			continue // it is not told
		}
		if joined && before == "\n" {
			b.WriteString(before)
		} else {
			b.WriteString(Line(before))
		}
		b.WriteString(errorText(cause))
		whole = after
	}
	return b.String() + Line(whole)
}

// causesOf are what an error wraps, and whether there may be several.
func causesOf(err error) ([]error, bool) {
	if one := errors.Unwrap(err); one != nil {
		return []error{one}, false
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap(), true
	}
	return nil, false
}

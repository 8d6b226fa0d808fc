package icpc

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// validName is the pattern of "General requirements": a judging system "shall behave as if" all files and directories
// that have other names "were removed".
var validName = regexp.MustCompile(`^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$`)

// noteIgnored notes what is left out for its name and looks as if it were meant to be used. What editors, compilers and
// file managers leave is passed over. The files within programs have one note together.
func (r *reader) noteIgnored() {
	var within []string
	for _, name := range r.folder.Ignored() {
		switch what := looksLike(name); what {
		case "":
		case withinProgram:
			within = append(within, name)
		default:
			r.remark(r.folder.Fault(strings.TrimSuffix(name, "/"), 0,
				"is left out: "+what+" whose name the format does not allow",
				renameIt))
		}
	}
	if len(within) == 0 {
		return
	}
	r.remark(r.folder.Fault(strings.TrimSuffix(within[0], "/"), 0,
		"is left out: "+withinProgram+" whose name the format does not allow"+andAlso(within[1:]), renameIt))
}

const (
	withinProgram = "a file of a program"
	renameIt      = "rename it: letters, digits, _ . and - only, and the first a letter, a digit or _"
)

// andAlso lists further names in brackets, the first few of them.
func andAlso(names []string) string {
	const most = 5
	if len(names) == 0 {
		return ""
	}
	words := " (also " + strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		words += fmt.Sprintf(" and %d more", more)
	}
	return words + ")"
}

// looksLike says what a path seems to be meant for: a test, a submission or a validator; "": none of them. A test is
// known by its input, so that there is one note for it. The path of a directory ends in /.
func looksLike(name string) string {
	isDir := strings.HasSuffix(name, "/")
	name = path.Clean(name)
	ext := path.Ext(name)
	if isLeftover(name) {
		return ""
	}
	parts := strings.Split(name, "/")
	switch top := parts[0]; {
	case len(parts) == 1:
		return ""
	case top == "data" && isDir && ext != ".files":
		return "a directory of tests"
	case top == "data" && ext == ".in" && len(parts) > 2:
		return "a test"
	case top == "submissions" && isDir && len(parts) == 2:
		return "a directory of submissions"
	case top == "submissions" && len(parts) > 3, top != "submissions" && top != "data" && len(parts) > 2:
		if holdsPrograms(top) && (isDir || isSource(name) || isHeader(ext)) {
			return withinProgram
		}
	case top == "submissions" && len(parts) > 2:
		return "a submission"
	case top == "graders":
		return "a grader"
	case holdsPrograms(top) && top != "include":
		return "a validator"
	}
	return ""
}

// holdsPrograms reports whether programs, or parts of them, lie in a directory of a package.
func holdsPrograms(dir string) bool {
	return slices.Contains([]string{"submissions", "include", "graders"}, dir) ||
		strings.HasSuffix(dir, "_validator") || strings.HasSuffix(dir, "_validators")
}

func isHeader(ext string) bool { return slices.Contains([]string{".h", ".hh", ".hpp", ".hxx"}, ext) }

// isLeftover reports whether a file is what editors, compilers and file managers leave, or a text.
func isLeftover(name string) bool {
	base, ext := path.Base(name), path.Ext(name)
	leftover := []string{".class", ".pyc", ".o", ".md", ".txt", ".swp", ".bak", ".orig", ".tmp"}
	return strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || slices.Contains(leftover, ext)
}

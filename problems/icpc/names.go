package icpc

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// validName is the pattern of "General requirements": a judging system "shall behave as if" all files and directories
// that have other names "were removed".
var validName = regexp.MustCompile(`^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$`)

// noteIgnored notes what is left out for its name and looks as if it were meant to be used. What editors, compilers and
// file managers leave is passed over.
func (r *reader) noteIgnored() {
	for _, name := range r.folder.Ignored() {
		if what := looksLike(name); what != "" {
			r.remark(r.folder.Fault(strings.TrimSuffix(name, "/"), 0,
				"is left out: "+what+" whose name the format does not allow",
				"rename it: letters, digits, _ . and - only, and the first a letter, a digit or _"))
		}
	}
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
	case len(parts) > 2 && top != "submissions" || len(parts) > 3: // a file of a program, which is taken as it is
	case top == "submissions" && len(parts) > 2:
		return "a submission"
	case strings.HasSuffix(top, "_validator"), strings.HasSuffix(top, "_validators"):
		return "a validator"
	case top == "graders":
		return "a grader"
	}
	return ""
}

// isLeftover reports whether a file is what editors, compilers and file managers leave, or a text.
func isLeftover(name string) bool {
	base, ext := path.Base(name), path.Ext(name)
	leftover := []string{".class", ".pyc", ".o", ".md", ".txt", ".swp", ".bak", ".orig", ".tmp"}
	return strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || slices.Contains(leftover, ext)
}

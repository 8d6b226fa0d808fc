package icpc

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// validName is the pattern of "General requirements": a judging system "shall behave as if" all files and directories
// with other names "were removed".
var validName = regexp.MustCompile(`^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$`)

// noteIgnored notes files that are ignored because of their names and seem to be meant for use. It skips files that
// editors, compilers and file managers create. Files within programs share one note.
func (r *reader) noteIgnored() {
	var within []string
	for _, name := range r.folder.Ignored() {
		switch what := looksLike(name); what {
		case "":
		case withinProgram:
			within = append(within, name)
		default:
			r.remark(r.folder.Fault(strings.TrimSuffix(name, "/"), 0,
				"is left out: "+what+" with an invalid name", renameIt))
		}
	}
	if len(within) == 0 {
		return
	}
	r.remark(r.folder.Fault(strings.TrimSuffix(within[0], "/"), 0,
		"is left out: "+withinProgram+" with an invalid name"+andAlso(within[1:]), renameIt))
}

const (
	withinProgram = "a file of a program"
	renameIt      = "rename it: use letters, digits, _ . and -, and begin with a letter, a digit or _"
)

// andAlso lists the first of further names in parentheses.
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

// looksLike returns what a path seems to be meant for, such as "a test", or "". A test is identified by its input, so
// that it has one note. The path of a directory ends in /.
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
	case top == "data" && slices.ContainsFunc(parts[1:len(parts)-1], isFilesDir):
		return "a file of a test"
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

// isFilesDir reports whether a directory holds files of a test, for the working directory of a run.
func isFilesDir(name string) bool { return path.Ext(name) == ".files" }

// holdsPrograms reports whether a directory of a package contains programs or parts of them.
func holdsPrograms(dir string) bool {
	return slices.Contains([]string{"submissions", "include", "graders"}, dir) ||
		strings.HasSuffix(dir, "_validator") || strings.HasSuffix(dir, "_validators")
}

// isHeader reports whether an extension is that of a C or C++ header.
func isHeader(ext string) bool { return slices.Contains([]string{".h", ".hh", ".hpp", ".hxx"}, ext) }

// isLeftover reports whether a file is a text, or one that editors, compilers and file managers create.
func isLeftover(name string) bool {
	base, ext := path.Base(name), path.Ext(name)
	leftover := []string{".class", ".pyc", ".o", ".md", ".txt", ".swp", ".bak", ".orig", ".tmp"}
	return strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || slices.Contains(leftover, ext)
}

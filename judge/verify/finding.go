package verify

import (
	"fmt"
	"path/filepath"
	"slices"

	"judge/problems/text"
)

// Severity is how bad a finding is.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Kind is what a finding is about.
type Kind uint8

// The kinds of findings.
const (
	KindPackage Kind = iota
	KindTest
	KindInput
	KindAnswer
	KindChecker
	KindSubmission
	KindJudgeError // of a submission
	KindTimeLimit
)

func kindNames() []string {
	return []string{"package", "test", "input", "answer", "checker", "submission", "judge error", "time limit"}
}

// String returns the kind's name, as reports have it.
func (k Kind) String() string { return kindNames()[k] }

// MarshalText writes the name of the kind.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the name of a kind.
func (k *Kind) UnmarshalText(name []byte) error {
	i := slices.Index(kindNames(), string(name))
	if i < 0 {
		return fmt.Errorf("unknown kind of finding %q", name)
	}
	*k = Kind(i)
	return nil
}

// Finding is one thing that is wrong: one cause at one place.
type Finding struct {
	Severity Severity `json:"severity"`
	Check    Kind     `json:"check"`
	Subject  string   `json:"subject"` // the test, submission or program that it is about; "": the problem
	File     string   `json:"file"`    // relative to where the user named the problem, as he would
	Line     int      `json:"line"`    // 0: unknown
	Message  string   `json:"message" text:"lines"`
}

// draft is a finding before all findings with its cause become one.
type draft struct {
	Finding
	cause string // "": the message
}

// maxMessage bounds the message of one finding, in bytes: a compiler can print very much.
const maxMessage = 2000

// find records a finding about one of the problem's files, an absolute path.
func (w *verification) find(s Severity, check Kind, subject, file, message string) {
	w.findFor("", Finding{Severity: s, Check: check, Subject: subject, File: file, Message: message})
}

// findFor records a finding with the cause that it has in common with others of its check; File is an absolute path.
func (w *verification) findFor(cause string, f Finding) {
	f.File, f.Message = w.named(f.File), text.CutLines(f.Message, maxMessage)
	w.drafts = append(w.drafts, draft{f, cause})
}

// findings are the drafts, with one for all of the same cause; errors come first. Of submissions each error stays
// alone, as each has its own expectations.
func (w *verification) findings() []Finding {
	type key struct {
		severity Severity
		check    Kind
		cause    string
	}
	at, also := map[key]int{}, map[int][]string{}
	found := []Finding{}
	for _, d := range w.drafts {
		k := key{d.Severity, d.Check, d.cause}
		if d.cause == "" {
			k.cause = d.Message
		}
		alone := d.Severity == Error && d.Check == KindSubmission
		i, known := at[k]
		if known && !alone {
			if name := d.other(found[i]); name != "" && !slices.Contains(also[i], name) {
				also[i] = append(also[i], name)
			}
			continue
		}
		at[k] = len(found)
		found = append(found, d.Finding)
	}
	for i, names := range also {
		found[i].Message += " (also " + listNames(names, asItIs) + ")"
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return rank(a.Severity) - rank(b.Severity) })
	return found
}

// other names what a draft is about, in a finding about another of its kind; "": the same. Of files with the same name
// their directories are named, too.
func (d draft) other(than Finding) string {
	switch base := filepath.Base(d.File); {
	case d.Subject != than.Subject && d.Subject != "":
		return d.Subject
	case d.File == than.File || d.Subject != "":
		return ""
	case base == filepath.Base(than.File):
		return filepath.Join(filepath.Base(filepath.Dir(d.File)), base)
	default:
		return base
	}
}

// ordered is the result with the problems that have errors first, for people who read from the top.
func ordered(r Result) Result {
	r.Problems = slices.Clone(r.Problems)
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return min(b.count(Error), 1) - min(a.count(Error), 1) })
	return r
}

func rank(s Severity) int {
	if s == Error {
		return 0
	}
	return 1
}

// named is one of the problem's files as the user would name it; one that is not in its directory, such as what was
// unpacked of an archive, has the name of the problem.
func (w *verification) named(file string) string {
	root := w.problem.Path
	if file == "" {
		return root
	}
	relative, err := filepath.Rel(w.problem.Dir, file)
	if err != nil || !filepath.IsLocal(relative) {
		return root
	}
	if isSpec(root) {
		root = filepath.Dir(root)
	}
	return filepath.Join(root, relative)
}

// isSpec reports whether a path names the file that describes a problem, and not its directory.
func isSpec(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".xml", ".json"}, filepath.Ext(path))
}

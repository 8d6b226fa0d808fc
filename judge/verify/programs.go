package verify

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"judge/judge"
	"judge/judge/languages"
	"judge/problems/text"
)

// unusable notes that one of the problem's own programs cannot be used, at its file and at the line of its first
// compile error.
func (w *verification) unusable(s Severity, check Kind, err error) {
	f := Finding{Severity: s, Check: check, Message: text.Error(err)}
	missing, lacks := errors.AsType[*judge.MissingError](err)
	fault, faulty := errors.AsType[*judge.CheckerError](err)
	switch {
	case lacks:
		f.File = missing.Path
		if lack, ok := errors.AsType[*languages.LackError](err); ok {
			f.Message = lack.What + " (" + lack.Fix + ")"
		}
	case faulty:
		f.File = fault.Path
		if !filepath.IsAbs(f.File) {
			f.File = filepath.Join(w.problem.Dir, f.File)
		}
		f.File, f.Line = within(f.File, fault.First.File), fault.First.Line
		why, _, _ := strings.Cut(fault.Why, "\n")
		switch {
		case fault.Header != "":
			f.Message = fault.Header + " not found (copy it next to " + filepath.Base(fault.Path) + ")"
		case fault.First.Text != "":
			f.Message = "does not compile: " + fault.First.Text
		default:
			f.Message = strings.TrimSuffix(why, ": ")
		}
	}
	w.findFor("", f)
}

// within is the path of one of a program's files. A program is a file or a directory.
func within(program, file string) string {
	if info, err := os.Stat(program); file == "" || err != nil || !info.IsDir() {
		return program
	}
	return filepath.Join(program, file)
}

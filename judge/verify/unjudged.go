package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge"
	"judge/judge/languages"
	"judge/judge/languages/python2"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// Unjudged are submissions in a language that this host cannot judge. They are reported once for all problems of a run.
type Unjudged struct {
	Language    string   `json:"language"` // its name
	Reason      string   `json:"reason"`
	Fix         string   `json:"fix"`         // in the imperative
	Submissions []string `json:"submissions"` // as the user would name them
}

// inPython2 is why programs in Python 2 are not judged.
func inPython2() Unjudged {
	return Unjudged{Language: "Python 2", Reason: "only Python 3 is supported", Fix: "port them to Python 3"}
}

// unjudged records a submission as not judged.
func (w *verification) unjudged(why Unjudged, s problems.Submission) {
	name := w.named(w.listed(s.Listed, s.Path))
	all := w.result.Unjudged
	i := slices.IndexFunc(all, func(u Unjudged) bool { return u.Language == why.Language && u.Reason == why.Reason })
	if i < 0 {
		why.Submissions = []string{name}
		w.result.Unjudged = append(all, why)
		return
	}
	all[i].Submissions = append(all[i].Submissions, name)
}

// notJudged records why a submission cannot be judged. It returns the name of one that is not a program.
func (w *verification) notJudged(s problems.Submission, err error) (noProgram string) {
	lack, lacks := errors.AsType[*languages.LackError](err)
	unknown, odd := errors.AsType[*languages.UnknownError](err)
	switch {
	case lacks:
		w.unjudged(Unjudged{Language: lack.Name, Reason: lack.What, Fix: lack.Fix}, s)
	case odd && python2.IsInterpreter(unknown.Interpreter):
		w.unjudged(inPython2(), s)
	case odd && unknown.Kind != "":
		return fmt.Sprintf("%s (%s)", filepath.Base(w.nameOf(s)), unknown.Kind)
	case odd && isEmpty(s.Path):
		return "" // it keeps its directory in git
	case odd:
		return filepath.Base(w.nameOf(s))
	case holdsNoFiles(s.Path):
		return filepath.Base(w.nameOf(s)) + " (an empty directory)"
	default:
		w.find(Error, KindSubmission, w.nameOf(s), w.listed(s.Listed, s.Path),
			"cannot be judged here: "+text.Error(err))
	}
	return ""
}

// isEmpty reports whether a file has no bytes, as placeholders have.
func isEmpty(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// holdsNoFiles reports whether a path is a directory without any files but hidden ones, as git cannot keep it.
func holdsNoFiles(path string) bool {
	const most = 1000 // entries: a directory with more is not empty, whatever they are
	entries := 0
	errFound := errors.New("not empty")
	err := filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
		if entries++; err != nil || entries > most {
			return errFound
		}
		hidden := strings.HasPrefix(e.Name(), ".") && name != path
		switch {
		case e.IsDir() && hidden:
			return fs.SkipDir
		case e.IsDir() || hidden && e.Type().IsRegular():
			return nil
		default:
			return errFound
		}
	})
	return err == nil
}

// foundNoPrograms warns of submissions that are not programs. Those that the finding has no room for are in a note.
func (w *verification) foundNoPrograms(names []string) {
	if len(names) == 0 {
		return
	}
	w.find(Warning, KindSubmission, "", "", "not judged: "+listNames(names, asItIs))
	if len(names) > maxNamed {
		const most = 1000
		rest := names[maxNamed:min(len(names), maxNamed+most)]
		w.note("also not judged: " + strings.Join(rest, ", "))
	}
}

// leaveOutPython2 removes submissions from a report that fail because they are in Python 2: by their shebangs, and in
// legacy packages by their syntax.
func (w *verification) leaveOutPython2(request judge.Request, r *report.Report) {
	kept := r.Submissions[:0]
	for i, s := range r.Submissions {
		if !s.Unfinished && len(s.Unmet) > 0 && w.isPython2(request.Submissions[i], s) {
			w.unjudged(inPython2(), problems.Submission{Path: request.Submissions[i], Listed: request.Listed[i]})
			continue
		}
		kept = append(kept, s)
	}
	r.Submissions = kept
}

func (w *verification) isPython2(path string, s report.Submission) bool {
	if s.Language != "python3" && s.Language != "pypy3" {
		return false
	}
	files, err := languages.ReadSources(path, int64(w.problem.Limits.Code))
	if err != nil {
		return false
	}
	if slices.ContainsFunc(files.Files, func(f languages.File) bool { return python2.Named(f.Data) }) {
		return true
	}
	if !strings.HasPrefix(w.problem.Format, "ICPC legacy") {
		return false
	}
	if s.Verdict == problems.CE {
		hasForms := func(f languages.File) bool { return python2.HasForms(f.Data) }
		return s.Reason == "" && slices.ContainsFunc(files.Files, hasForms)
	}
	return slices.ContainsFunc(s.Tests, func(t report.Test) bool {
		return t.Verdict == problems.RTE && python2.Misses(t.Stderr)
	})
}

// unjudgedFindings are a run's findings about submissions that were not judged, one for each language and reason.
func unjudgedFindings(all []Problem) []Finding {
	var merged []Unjudged
	for _, p := range all {
		for _, u := range p.Unjudged {
			i := slices.IndexFunc(merged, func(m Unjudged) bool {
				return m.Language == u.Language && m.Reason == u.Reason
			})
			if i < 0 {
				u.Submissions = slices.Clone(u.Submissions)
				merged = append(merged, u)
				continue
			}
			merged[i].Submissions = append(merged[i].Submissions, u.Submissions...)
		}
	}
	var found []Finding
	for _, u := range merged {
		message := fmt.Sprintf("not judged here: %s: %s: %s",
			plural(len(u.Submissions), u.Language+" submission"), u.Reason, listNames(u.Submissions, asItIs))
		if u.Fix != "" {
			message += " (" + u.Fix + ")"
		}
		found = append(found, Finding{Severity: Warning, Check: KindSubmission, Message: message})
	}
	return found
}

// Merge joins all omissions with the same reason: the path of the result lists theirs, each as show returns it. Outputs
// for people have the merged ones; those for programs have each path.
func Merge(all []Omission, show func(string) string) []Omission {
	var merged []Omission
	var paths [][]string
	for _, o := range all {
		i := slices.IndexFunc(merged, func(m Omission) bool { return m.Reason == o.Reason && m.Warning == o.Warning })
		if i < 0 {
			i, merged, paths = len(merged), append(merged, o), append(paths, nil)
		}
		paths[i] = append(paths[i], o.Path)
	}
	for i := range merged {
		merged[i].Path = listNames(paths[i], show)
	}
	return merged
}

// Merged returns the omissions of a result, merged.
func (r Result) Merged() []Omission { return Merge(r.Omitted, asItIs) }

package build

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"syscall"

	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/lfs"
	"judge/problems/safefile"
)

// Reader reads submissions to a problem and the problem's own programs.
type Reader struct {
	Languages *languages.Table
	Problem   *problems.Problem
	Language  string // id, for all submissions; "": by extension or shebang
	Entry     string // entry point, for all submissions; "": by the rules of their language
	Advice    string // how to choose a language, for submissions in an unknown one; "": no hint
	Sanitize  bool   // submissions are compiled with sanitizers, which only C and C++ have
}

// SubmissionError reports why a submission cannot be judged at all: it does not exist, or the user has chosen an
// unknown language. The user must fix it. Its text is that of Err, which names the submission if that helps.
type SubmissionError struct {
	Path string
	Err  error
}

// Error returns the text of Err.
func (e *SubmissionError) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e *SubmissionError) Unwrap() error { return e.Err }

// MissingError reports that this host has no compiler or interpreter for a submission's language.
type MissingError struct {
	Path string
	Err  error
}

// Error returns the text of Err.
func (e *MissingError) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e *MissingError) Unwrap() error { return e.Err }

// Read reads one submission and plans how to compile and run it. An error is the user's or the setter's to fix;
// everything else is in the source.
func (r Reader) Read(path, name string) (Source, error) {
	s := Source{Path: path}
	if err := thereIs(path); err != nil {
		return s, &SubmissionError{path, err}
	}
	if _, ok := r.Languages.Lookup(r.Language); !ok && r.Language != "" {
		return s, &SubmissionError{path, r.unknownLanguage(r.Language)}
	}
	s.Listed = listed(r.Problem, path, name)
	var err error
	if s.packaged, err = packaged(r.Problem, s); err != nil {
		return s, &SubmissionError{path, fmt.Errorf("reading submission %q: %w", path, err)}
	}
	if r.Problem.OutputOnly {
		s.Language.ID = outputsID
		s.Outputs, err = readOutputs(r.Problem, s)
	} else {
		err = r.readProgram(&s)
	}
	var fault *languages.Fault
	switch {
	case errors.As(err, new(*CheckerError)), errors.As(err, new(*SubmissionError)):
		return s, err
	case errors.Is(err, languages.ErrTooLarge):
		s.Refused = &refusal{reason: codeReason(r.Problem)}
	case errors.As(err, &fault):
		s.Refused = &refusal{report.Reason(fault.Kind), advised(fault, r.Advice) + "\n", withoutPath(err, fault)}
	default:
		s.Failed = err
	}
	return s, nil
}

// advised is a fault with the user's remedy.
func advised(fault *languages.Fault, advice string) string {
	if fault.Kind != languages.FaultyLanguage || advice == "" {
		return fault.Why
	}
	return fault.Why + ": " + advice
}

// withoutPath returns the error of a submission without its path, which differs between hosts.
func withoutPath(err error, fault *languages.Fault) error {
	if unknown, ok := errors.AsType[*languages.UnknownError](err); ok {
		return unknown
	}
	return fault
}

// codeReason returns the reason of a CE for sources above the limit on code.
func codeReason(p *problems.Problem) report.Reason {
	reason := fmt.Sprintf("code size: more than the limit of %.4g KiB", float64(p.Limits.Code)/float64(problems.KiB))
	if !p.CodeStated {
		reason += " (the default: the problem declares none)"
	}
	return report.Reason(reason)
}

// unknownLanguage returns the error for an unknown id, with the nearest one that exists.
func (r Reader) unknownLanguage(id string) error {
	var ids []string
	for _, l := range r.Languages.All() {
		ids = append(ids, l.ID)
	}
	hint := "judge languages lists them"
	if near := problems.Nearest(id, ids); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return &problems.HintError{Msg: fmt.Sprintf("unknown language %q", id), Hint: hint}
}

// thereIs returns an error if nothing exists at a path that the user has named.
func thereIs(path string) error {
	_, err := os.Stat(path)
	for _, missing := range []error{
		syscall.ENOENT, syscall.ENOTDIR, syscall.ELOOP, syscall.ENAMETOOLONG, syscall.EINVAL,
	} {
		if errors.Is(err, missing) {
			return fmt.Errorf("reading submission %q: %w", path, missing)
		}
	}
	return nil
}

// packaged returns the path with links resolved of a submission that the problem lists, or that the user named in
// its directory; "": it is elsewhere. Which links of a package are allowed must not depend on how it was named.
func packaged(problem *problems.Problem, s Source) (string, error) {
	if s.Listed != nil {
		return s.Listed.Path, nil
	}
	if problem.Dir == "" {
		return "", nil
	}
	root, err := safefile.OpenPackage(problem.Dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	name, inside := root.Inside(s.Path)
	if !inside {
		return "", nil
	}
	full, _, err := root.Path(name)
	return full, err
}

// readSources reads the sources of a submission.
func readSources(problem *problems.Problem, s Source) (languages.Sources, error) {
	if s.packaged == "" {
		return languages.ReadSources(s.Path, int64(problem.Limits.Code))
	}
	return languages.ReadProgram(PackageOf(problem), s.packaged, s.Path, int64(problem.Limits.Code))
}

// PackageOf returns the package from which a problem's programs, and the files of its tests, are read.
func PackageOf(p *problems.Problem) languages.Package {
	return languages.Package{Dir: p.Dir, Names: p.ValidNames}
}

// readProgram reads the sources of a submission and plans how to compile and run them.
func (r Reader) readProgram(s *Source) error {
	files, err := readSources(r.Problem, *s)
	tooLarge := err
	if err != nil && !errors.Is(err, languages.ErrTooLarge) {
		return err
	}
	for _, f := range files.Files {
		if lfs.In(bytes.NewReader(f.Data)) {
			return &languages.Fault{Kind: languages.FaultyFiles, Why: f.Name + " is " + lfs.ErrPointer.Error()}
		}
	}
	if err := outputAmong(r.Problem, files); err != nil {
		return err
	}
	id := r.Language
	files.Start = r.Entry
	var flags []string
	if s.Listed != nil {
		if files, err = withConstants(files, r.Problem.Constants); err != nil {
			return err
		}
		if _, known := r.Languages.Lookup(s.Listed.Language); id == "" && known {
			id = s.Listed.Language
		}
		files.Start = cmp.Or(r.Entry, s.Listed.Entry)
		if files, flags, err = withPlaced(r.Problem, s.packaged, files); err != nil {
			return &CheckerError{Path: s.Path, Why: "cannot be read: " + err.Error()}
		}
	}
	if s.Language, err = r.languageOf(files, id); err != nil {
		return err
	}
	if tooLarge != nil {
		return tooLarge
	}
	if missing := s.Language.Missing(); missing != nil {
		return &MissingError{s.Path, s.Language.MissingError(missing)}
	}
	if r.Problem.Grader != nil {
		if files, err = r.addGrader(s.Language, files); err != nil {
			return err
		}
	}
	return r.plan(s, files, flags)
}

// plan plans how to compile and run a submission whose language is known. flags are more words for its compiler.
func (r Reader) plan(s *Source, files languages.Sources, flags []string) (err error) {
	limits, language := r.Problem.Limits, s.Language
	if r.Sanitize {
		if language, err = sanitizable(language); err != nil {
			return &SubmissionError{s.Path, fmt.Errorf("%s %w", s.Path, err)}
		}
	}
	s.Plan, err = language.Plan(withUnbuffered(r.Problem, s.Language, files), languages.Limits{
		Memory: int64(limits.Memory), CompilationMemory: int64(limits.CompilationMemory),
	})
	s.Plan = WithFlags(withDefines(r.Problem, runUnbuffered(r.Problem, s.Plan)), flags)
	if s.Sanitized = r.Sanitize && err == nil; s.Sanitized {
		s.Plan = sanitized(s.Plan)
	}
	if errors.As(err, new(*languages.LackError)) {
		return &MissingError{s.Path, err}
	}
	return err
}

func (r Reader) languageOf(files languages.Sources, id string) (languages.Language, error) {
	if language, ok := r.Languages.Lookup(id); ok {
		return language, nil
	}
	return r.Languages.Detect(files)
}

// listed returns the problem's entry for a submission; nil: it has none. If several links lead to one file, an
// entry with the given name is preferred.
func listed(problem *problems.Problem, path, name string) (found *problems.Submission) {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	for i, s := range problem.Submissions {
		better := found == nil || name != "" && s.Listed == name
		if known, err := os.Stat(s.Path); better && err == nil && os.SameFile(info, known) {
			found = &problem.Submissions[i]
		}
	}
	return found
}

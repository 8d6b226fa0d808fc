package build

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
	"judge/problems/text"
)

// checkerCode bounds the sources of one of the problem's programs, including libraries such as testlib.h, in
// bytes.
const checkerCode = 16 << 20

// CheckerError reports why a problem's own program cannot be used at all. The setter must fix it.
type CheckerError struct {
	Path, Why string
	Header    string // the included header that was not found, with an empty Why; "": another error

	First languages.CompileError // in it, if it does not compile
}

// Error returns Lines as one text.
func (e *CheckerError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error: a compiler's message can have several.
func (e *CheckerError) Lines() []string {
	if e.Header != "" {
		base := filepath.Base(e.Header)
		hint := "hint: copy " + text.Line(base) + " next to " + text.Line(filepath.Base(e.Path))
		if base != e.Header {
			hint += " and write #include \"" + text.Line(base) + "\""
		}
		return []string{text.Line(e.Path) + ": " + text.Line(e.Header) + " not found", hint}
	}
	why := strings.Split(text.Lines(e.Why), "\n")
	return append([]string{text.Line(e.Path) + ": problem program " + why[0]}, why[1:]...)
}

// ReadExternal reads the sources of one of the problem's programs. A single file comes with the headers that it
// includes from its directory.
func (r Reader) ReadExternal(given *problems.External) (Source, error) {
	p := r.Problem
	s := Source{Path: given.Path}
	if s.Path == "" && len(given.Args) > 0 {
		s.Path = given.Args[0] // the flag that the driver gets
	}
	files, err := sourcesOf(p, given)
	if err != nil {
		return s, &CheckerError{Path: s.Path, Why: "cannot be read: " + err.Error()}
	}
	if files, s.Language, err = r.detect(files); err != nil {
		return s, &CheckerError{Path: s.Path, Why: "cannot be compiled: " + err.Error()}
	}
	if missing := s.Language.Missing(); missing != nil {
		return s, &MissingError{s.Path, fmt.Errorf("%s: %w", text.Line(s.Path), s.Language.MissingError(missing))}
	}
	if files, err = withHeaders(p, files); err != nil {
		return s, &CheckerError{Path: s.Path, Why: "cannot be read: " + err.Error()}
	}
	if files, err = withConstants(files, p.Constants); err != nil {
		return s, &CheckerError{Path: s.Path, Why: "cannot be read: " + err.Error()}
	}
	files.Ours = len(files.Files)
	s.Plan, err = s.Language.Plan(files, languages.Limits{
		Memory: int64(p.Limits.ValidationMemory), CompilationMemory: int64(AtLeastUsual(p.Limits).CompilationMemory),
	})
	if errors.As(err, new(*languages.LackError)) {
		return s, &MissingError{s.Path, fmt.Errorf("%s: %w", text.Line(s.Path), err)}
	}
	if err != nil {
		return s, &CheckerError{Path: s.Path, Why: "cannot be compiled: " + err.Error()}
	}
	s.Plan = WithFlags(s.Plan, given.Flags)
	return s, nil
}

// WithFlags adds flags to a compiler's command, after its own. The program is compiled without a precompiled
// header, which other flags would not fit.
func WithFlags(plan languages.Plan, flags []string) languages.Plan {
	if at := slices.Index(plan.Compile, "-o"); len(flags) > 0 && at >= 0 {
		plan.Compile, plan.Header = slices.Insert(slices.Clone(plan.Compile), at, flags...), nil
	}
	return plan
}

// sourcesOf reads a program's sources, and the files that start it.
func sourcesOf(p *problems.Problem, given *problems.External) (languages.Sources, error) {
	var files languages.Sources
	if given.Path != "" {
		var err error
		if files, err = languages.ReadProgram(PackageOf(p), given.Path, given.Path, checkerCode); err != nil {
			return files, err
		}
	}
	for _, f := range given.Driver {
		files.Files = append(files.Files, languages.File{Name: f.Name, Data: f.Data})
	}
	files.Start = given.Entry
	return files, nil
}

// detect returns the language of one of the problem's programs. Scripts that build and run it take precedence over
// its sources ("Other programs" of the ICPC problem package format); a program that was packaged in compiled form
// is the output of such a script.
func (r Reader) detect(s languages.Sources) (languages.Sources, languages.Language, error) {
	isScript := func(f languages.File) bool { return f.Name == "build" || f.Name == "run" }
	scripted := s.Directory && slices.ContainsFunc(s.Files, isScript)
	compiled := len(s.Files) == 1 && bytes.HasPrefix(s.Files[0].Data, []byte("\x7fELF"))
	if script, ok := r.Languages.Lookup("script"); ok && (scripted || compiled) {
		if compiled {
			s.Files = []languages.File{{Name: "run", Data: s.Files[0].Data}}
		}
		return s, script, nil
	}
	language, err := r.Languages.Detect(s)
	return s, language, err
}

// withHeaders adds to a single source the headers in its directory that it includes.
func withHeaders(p *problems.Problem, s languages.Sources) (languages.Sources, error) {
	if s.Path == "" || s.Directory {
		return s, nil
	}
	headers, err := languages.ReadHeaders(p.Dir, s.Path, checkerCode)
	s.Files = append(s.Files, headers...)
	return s, err
}

// included returns the headers that a source includes in quotes. testlib.h is never one of the host's.
var included = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<(testlib\.h)>)`)

// missingHeader returns the first included header that is neither among the sources nor on the host; "" if there
// is none.
func missingHeader(files []languages.File) string {
	for _, f := range files {
		for _, m := range included.FindAllSubmatch(f.Data, -1) {
			name := string(m[1]) + string(m[2])
			header := path.Join(path.Dir(f.Name), name)
			if !slices.ContainsFunc(files, func(f languages.File) bool { return f.Name == header }) && !onHost(name) {
				return name
			}
		}
	}
	return ""
}

// onHost reports whether a header is in one of the directories that compilers search.
func onHost(name string) bool {
	if strings.ContainsAny(name, `*?[\`) {
		return false
	}
	for _, dir := range []string{"/usr/include", "/usr/local/include", "/usr/include/*-linux-gnu", "/usr/include/c++/*",
		"/usr/lib*/gcc/*/*/include"} {
		if found, err := filepath.Glob(filepath.Join(dir, name)); err == nil && found != nil {
			return true
		}
	}
	return false
}

// withConstants replaces {{name}} with the problem's constants; "Constants" of the ICPC problem package format.
func withConstants(s languages.Sources, constants map[string]string) (languages.Sources, error) {
	if len(constants) == 0 {
		return s, nil
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(constants)) {
		pairs = append(pairs, "{{"+name+"}}", constants[name])
	}
	replacer := strings.NewReplacer(pairs...)
	s.Files = slices.Clone(s.Files)
	left := checkerCode
	for i, f := range s.Files {
		text := &problems.BoundedText{Left: left}
		if _, err := replacer.WriteString(text, string(f.Data)); err != nil {
			return s, fmt.Errorf("with constants written out it is larger than %d MiB", checkerCode>>20)
		}
		left = text.Left
		s.Files[i].Data = []byte(text.String())
	}
	return s, nil
}

// DoesNotCompile returns the error for one of the problem's programs that does not compile. A missing header gets
// its own error: the setter knows where to find it, and the compiler's message does not help.
func DoesNotCompile(problem *problems.Problem, p Program) error {
	if header := missingHeader(p.Plan.Files); header != "" && p.Reason == "" {
		short, err := filepath.Rel(problem.Dir, p.Path)
		if err != nil || !filepath.IsLocal(short) {
			short = p.Path
		}
		return &CheckerError{Path: short, Header: header}
	}
	names := p.names()
	for _, f := range p.Plan.Files {
		names = append(names, f.Name)
	}
	return &CheckerError{
		Path: p.Path, Why: strings.TrimSpace("does not compile: " + string(p.Reason) + "\n" + p.Compile.Log),
		First: p.Language.FirstError(p.Compile.Log, names),
	}
}

package languages

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
)

// UnknownError reports that the table has no language for a submission. It is a Fault of the submission.
type UnknownError struct {
	Kind        string // kind of the submission, such as "a compiled program" or "Prolog"; "": unknown
	Interpreter string // base name of the interpreter in its shebang; "": none
}

// Error returns the message.
func (e *UnknownError) Error() string {
	return "unknown language: no known extension and no known #! line"
}

// Unwrap returns the error as a *Fault.
func (e *UnknownError) Unwrap() error { return &Fault{FaultyLanguage, e.Error()} }

// Detect returns the language of the sources by their extensions or, if these are unknown, by a shebang. If languages
// share an extension, such as .py, the shebang of the main file decides. An error is an *UnknownError or a *Fault.
func (t *Table) Detect(s Sources) (Language, error) {
	var found []Language
	for _, f := range s.Files {
		l, ok := t.byExtension(f.Name)
		if ok && l.ID == "perl" && prologClause.Match(f.Data) {
			return Language{}, &UnknownError{Kind: "Prolog"}
		}
		if ok && !slices.ContainsFunc(found, func(o Language) bool { return o.ID == l.ID }) {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return t.byShebangs(s)
	case 1:
		return t.whole(t.preferShebang(found[0], s)), nil
	}
	var ids []string
	for _, l := range found {
		ids = append(ids, l.ID)
	}
	return Language{}, faultf(FaultyLanguage, "sources of several languages: %s", strings.Join(ids, " and "))
}

// prologClause matches a clause or directive of Prolog at the start of a line. Perl and Prolog share the extension
// .pl.
var prologClause = regexp.MustCompile(`(?m)^(?:[a-z]\w*(?:\([^#;\n]*\))?[ \t]*)?:-(?:[ \t\r]|$)`)

// byExtension returns the language that a file's extension belongs to.
func (t *Table) byExtension(name string) (Language, bool) {
	for _, l := range t.languages {
		if hasExtension(name, l.Extensions) {
			return l, true
		}
	}
	return Language{}, false
}

// hasExtension reports whether a name ends in one of the extensions and has something before it. Case matters: .C
// is C++.
func hasExtension(name string, extensions []string) bool {
	base := path.Base(name)
	return slices.ContainsFunc(extensions, func(e string) bool {
		return len(base) > len(e) && strings.HasSuffix(base, e)
	})
}

// preferShebang returns the language of the main file's shebang if that language accepts the file's extension, and l
// otherwise.
func (t *Table) preferShebang(l Language, s Sources) Language {
	sources := l.sources(s.Files)
	main, ok := mainFile(sources)
	if !ok {
		return l
	}
	other, ok := t.byInterpreter(interpreter(main.Data))
	if ok && hasExtension(main.Name, other.Accepts) {
		return other
	}
	return l
}

// byShebangs returns the language of sources without a known extension.
func (t *Table) byShebangs(s Sources) (Language, error) {
	var found []Language
	for _, f := range s.Files {
		l, ok := t.byInterpreter(interpreter(f.Data))
		if ok && !slices.ContainsFunc(found, func(o Language) bool { return o.ID == l.ID }) {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		return Language{}, unknown(s)
	}
	return t.whole(found[0]), nil
}

// unknown returns the error for sources without a known language, with the kind of a single file if it is known.
func unknown(s Sources) *UnknownError {
	if len(s.Files) != 1 {
		return &UnknownError{}
	}
	data := s.Files[0].Data
	e := &UnknownError{Interpreter: interpreter(data)}
	for _, known := range []struct{ begins, kind string }{
		{"\x7fELF", "a compiled program"}, {"MZ", "a compiled program"}, {"\xca\xfe\xba\xbe", "a compiled program"},
		{"\xcf\xfa\xed\xfe", "a compiled program"}, {"PK\x03\x04", "an archive"}, {"\x1f\x8b", "an archive"},
		{"!<arch>\n", "a library"},
	} {
		if bytes.HasPrefix(data, []byte(known.begins)) {
			e.Kind = known.kind
		}
	}
	if e.Kind == "" && bytes.IndexByte(data, 0) >= 0 {
		e.Kind = "binary data"
	}
	return e
}

// Interpreter returns the base name of the interpreter that a file's shebang names; "" without one.
func Interpreter(data []byte) string { return interpreter(data) }

// byInterpreter returns the language of an interpreter. A version in the name may be more precise than the table:
// python3.11 is python3, but python2 is not python.
func (t *Table) byInterpreter(name string) (Language, bool) {
	for name != "" {
		for _, l := range t.languages {
			if slices.Contains(l.Interpreters, name) {
				return l, true
			}
		}
		shorter := minor.ReplaceAllString(name, "")
		if shorter == name {
			break
		}
		name = shorter
	}
	return Language{}, false
}

// minor is the last part of a version in an interpreter's name.
var minor = regexp.MustCompile(`\.[0-9]+$`)

// maxShebang is the number of bytes of a first line that Linux reads, BINPRM_BUF_SIZE.
const maxShebang = 256

// interpreter returns the base name of the interpreter in a file's shebang, also behind env; "" without one. It accepts
// common spellings that the kernel rejects.
func interpreter(data []byte) string {
	line, _, _ := bytes.Cut(data[:min(len(data), maxShebang)], []byte("\n"))
	command, ok := strings.CutPrefix(string(line), "#!")
	if !ok {
		return ""
	}
	for i, word := range strings.Fields(command) {
		name := path.Base(word)
		switch {
		case name == "/":
			return ""
		case i == 0 && name != "env":
			return name
		case i > 0 && !strings.HasPrefix(word, "-") && !strings.Contains(word, "="):
			return name
		}
	}
	return ""
}

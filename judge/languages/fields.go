package languages

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// isID reports whether a text is a language id as in the ICPC format: a lower case letter, then at most 31 lower case
// letters and digits.
func isID(text string) bool {
	if text == "" || len(text) > 32 || text[0] < 'a' || text[0] > 'z' {
		return false
	}
	return strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// maxProcesses bounds process counts: what Linux can number, PID_MAX_LIMIT of proc(5).
const maxProcesses = 1 << 22

// field is a key of a language and the function that reads its value.
type field struct {
	key  string
	read setter
}

// fields are the keys of a language, in the order of languages.yaml.
func fields() []field {
	return []field{
		{"like", func(*reader, *Language, *strictyaml.Node) error { return nil }}, // read first, see readLanguage
		{"name", text(func(l *Language) *string { return &l.Name })},
		{"extensions", words(func(l *Language) *[]string { return &l.Extensions }, (*reader).checkExtension)},
		{"accepts", words(func(l *Language) *[]string { return &l.Accepts }, (*reader).checkExtension)},
		{"interpreters", words(func(l *Language) *[]string { return &l.Interpreters }, (*reader).checkBaseName)},
		{"entry", (*reader).readEntry},
		{"product", (*reader).readProduct},
		{"compile", words(func(l *Language) *[]string { return &l.Compile }, (*reader).checkVariables)},
		{"compile_env", env(func(l *Language) *[]string { return &l.CompileEnv })},
		{"compile_sees", words(func(l *Language) *[]string { return &l.CompileSees }, (*reader).checkSees)},
		{"compile_processes", count(func(l *Language) *int { return &l.CompileProcesses })},
		{"static", (*reader).readStatic},
		{"precompiled", (*reader).readPrecompiled},
		{"error_pattern", pattern("(?m)", func(l *Language) **regexp.Regexp { return &l.ErrorPattern })},
		{"run", words(func(l *Language) *[]string { return &l.Run }, (*reader).checkVariables)},
		{"run_env", env(func(l *Language) *[]string { return &l.RunEnv })},
		{"run_sees", words(func(l *Language) *[]string { return &l.RunSees }, (*reader).checkSees)},
		{"processes", count(func(l *Language) *int { return &l.Processes })},
		{"reserve", count(func(l *Language) *int { return &l.Reserve })},
		{"version", words(func(l *Language) *[]string { return &l.VersionCommand }, (*reader).checkAnything)},
		{"version_pattern", pattern("", func(l *Language) **regexp.Regexp { return &l.VersionPattern })},
		{"package", text(func(l *Language) *string { return &l.Package })},
	}
}

// setter reads the value of a key into a language.
type setter = func(*reader, *Language, *strictyaml.Node) error

// words reads a list of words and checks each.
func words(of func(*Language) *[]string, check func(*reader, *strictyaml.Node) error) setter {
	return func(r *reader, l *Language, n *strictyaml.Node) error {
		list, err := texts(n)
		if err != nil {
			return err
		}
		*of(l) = list
		return each(r, n, check)
	}
}

// each checks all elements of a list.
func each(r *reader, list *strictyaml.Node, check func(*reader, *strictyaml.Node) error) error {
	all, err := list.Elements("words", "")
	if err != nil {
		return err
	}
	for _, n := range all {
		if err := check(r, n); err != nil {
			return err
		}
	}
	return nil
}

// count reads a number of processes, or of MiB.
func count(of func(*Language) *int) setter {
	return func(_ *reader, l *Language, n *strictyaml.Node) (err error) {
		*of(l), err = n.Int(0, maxProcesses)
		return err
	}
}

// text reads one word.
func text(of func(*Language) *string) setter {
	return func(_ *reader, l *Language, n *strictyaml.Node) (err error) {
		*of(l), err = n.Text()
		return err
	}
}

func (r *reader) checkAnything(*strictyaml.Node) error { return nil }

func (r *reader) checkExtension(n *strictyaml.Node) error {
	if word := n.Raw(); len(word) < 2 || word[0] != '.' || strings.Contains(word, "/") {
		return n.Fault(strictyaml.Quote(word)+" is not an extension", "write it as .cpp")
	}
	return nil
}

func (r *reader) checkBaseName(n *strictyaml.Node) error {
	if strings.ContainsAny(n.Raw(), "/ ") {
		return n.Fault(strictyaml.Quote(n.Raw())+" is not the name of an interpreter", "write it as python3")
	}
	return nil
}

// checkVariables checks that a word of a command uses only variables that exist.
func (r *reader) checkVariables(n *strictyaml.Node) error {
	for _, v := range variable.FindAllString(n.Raw(), -1) {
		if slices.Contains(variables(), v) {
			continue
		}
		hint := "use one of " + strings.Join(variables(), " ")
		if w := problems.Nearest(v, variables()); w != "" {
			hint = fmt.Sprintf("did you mean %s?", w)
		}
		return n.Fault("unknown variable "+strictyaml.Clean(v), hint)
	}
	for _, several := range []string{"{files}", staticWord} {
		if strings.Contains(n.Raw(), several) && n.Raw() != several {
			return n.Fault(several+" inside a word: it expands to several words",
				"write "+several+" as a separate word")
		}
	}
	return nil
}

// checkSees checks one path, or the name of a group, which must have been read before.
func (r *reader) checkSees(n *strictyaml.Node) error {
	word := n.Raw()
	if !strings.HasPrefix(word, "/") {
		_, err := n.OneOf("group", slices.Sorted(maps.Keys(r.table.groups)))
		return err
	}
	for path := range strings.SplitSeq(strings.TrimSuffix(word, "?"), "|") {
		if filepath.Clean(path) != path || path == "/" || !strings.HasPrefix(path, "/") {
			return n.Fault(strictyaml.Quote(word)+" is not a plain absolute path below /",
				"write it as /usr/lib/NAME")
		}
		if strings.ContainsAny(path, "?[\\") {
			return n.Fault(strictyaml.Quote(word)+": only * is expanded, and | separates alternatives",
				"write ? at the end only: it marks a path that may be missing")
		}
	}
	return nil
}

// env reads variables and merges them into those of the language.
func env(of func(*Language) *[]string) setter {
	return func(_ *reader, l *Language, n *strictyaml.Node) error {
		all, err := n.Entries("write {NAME: VALUE}")
		if err != nil {
			return err
		}
		if len(all) > maxWords {
			return n.Fault(fmt.Sprintf("%d variables: expected at most %d", len(all), maxWords), "remove some")
		}
		var add []string
		for _, e := range all {
			name, err := e.Key.Text()
			if err != nil {
				return err
			}
			if strings.Contains(name, "=") {
				return e.Key.Fault(strictyaml.Quote(name)+" is not the name of a variable", "write it without =")
			}
			value, err := e.Value.Text()
			if err != nil {
				return err
			}
			add = append(add, name+"="+value)
		}
		list := of(l)
		*list = layEnv(*list, add)
		return nil
	}
}

func (r *reader) readEntry(l *Language, n *strictyaml.Node) error {
	names := [...]string{NoEntry: "none", MainFile: "file", JavaClass: "java", KotlinClass: "kotlin"}
	i, err := n.OneOf("kind of entry point", names[:])
	l.EntryPoint = EntryPoint(i)
	return err
}

func (r *reader) readProduct(l *Language, n *strictyaml.Node) error {
	names := [...]string{Compiled: "compiled", Interpreted: "sources"}
	i, err := n.OneOf("product", names[:])
	l.Product = Product(i)
	return err
}

// pattern reads a regular expression and sets these flags.
func pattern(flags string, of func(*Language) **regexp.Regexp) setter {
	return func(_ *reader, l *Language, n *strictyaml.Node) error {
		text, err := n.Text()
		if err != nil {
			return err
		}
		compiled, err := regexp.Compile(flags + text)
		if err != nil {
			return n.Fault(strictyaml.Clean(err.Error()), "write a regular expression of Go (RE2)")
		}
		*of(l) = compiled
		return nil
	}
}

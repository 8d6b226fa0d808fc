package languages

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// isID reports whether a text has the ICPC format's form of a language's code: at most 32 small letters and digits, first a letter.
func isID(text string) bool {
	if text == "" || len(text) > 32 || text[0] < 'a' || text[0] > 'z' {
		return false
	}
	return strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// maxProcesses bounds process counts: what Linux can number, PID_MAX_LIMIT of proc(5).
const maxProcesses = 1 << 22

// A field reads one key of a language.
type field struct {
	key  string
	read func(*reader, *Language, *yaml.Node) error
}

// fields are the keys of a language, in the order in which languages.yaml explains them.
func fields() []field {
	words := func(of func(*Language) *[]string, check func(*reader, *yaml.Node) error) func(*reader, *Language, *yaml.Node) error {
		return func(r *reader, l *Language, n *yaml.Node) error {
			list, err := r.texts(n)
			if err != nil {
				return err
			}
			for _, c := range n.Content {
				if err := check(r, c); err != nil {
					return err
				}
			}
			*of(l) = list
			return nil
		}
	}
	env := func(of func(*Language) *[]string) func(*reader, *Language, *yaml.Node) error {
		return func(r *reader, l *Language, n *yaml.Node) error { return r.env(of(l), n) }
	}
	count := func(of func(*Language) *int) func(*reader, *Language, *yaml.Node) error {
		return func(r *reader, l *Language, n *yaml.Node) (err error) {
			*of(l), err = r.number(n, maxProcesses)
			return err
		}
	}
	text := func(of func(*Language) *string) func(*reader, *Language, *yaml.Node) error {
		return func(r *reader, l *Language, n *yaml.Node) (err error) {
			*of(l), err = r.text(n)
			return err
		}
	}
	return []field{
		{"like", func(*reader, *Language, *yaml.Node) error { return nil }}, // read first, see readLanguage
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

func (r *reader) checkAnything(*yaml.Node) error { return nil }

func (r *reader) checkExtension(n *yaml.Node) error {
	if len(n.Value) < 2 || n.Value[0] != '.' || strings.Contains(n.Value, "/") {
		return r.fault(n, "write it as .cpp", "%q is not an extension", n.Value)
	}
	return nil
}

func (r *reader) checkBaseName(n *yaml.Node) error {
	if strings.ContainsAny(n.Value, "/ ") {
		return r.fault(n, "write it as python3", "%q is not the name of an interpreter", n.Value)
	}
	return nil
}

// checkVariables checks that a word of a command uses only variables that exist.
func (r *reader) checkVariables(n *yaml.Node) error {
	for _, v := range variable.FindAllString(n.Value, -1) {
		if slices.Contains(variables(), v) {
			continue
		}
		hint := "there are " + strings.Join(variables(), " ")
		if w := problems.Nearest(v, variables()); w != "" {
			hint = fmt.Sprintf("did you mean %s?", w)
		}
		return r.fault(n, hint, "unknown variable %s", v)
	}
	for _, several := range []string{"{files}", staticWord} {
		if strings.Contains(n.Value, several) && n.Value != several {
			return r.fault(n, "", "%s stands for several words and must be one of its own", several)
		}
	}
	return nil
}

// checkSees checks one path, or the name of a group, which must have been read.
func (r *reader) checkSees(n *yaml.Node) error {
	if !strings.HasPrefix(n.Value, "/") {
		return r.among(n, "group", slices.Sorted(maps.Keys(r.table.groups)))
	}
	for path := range strings.SplitSeq(strings.TrimSuffix(n.Value, "?"), "|") {
		if filepath.Clean(path) != path || path == "/" || !strings.HasPrefix(path, "/") {
			return r.fault(n, "", "%q is not a plain absolute path beneath /", n.Value)
		}
		if strings.ContainsAny(path, "?[\\") {
			return r.fault(n, "", "%q: only * is expanded, | parts alternatives, and a ? stands at the end", n.Value)
		}
	}
	return nil
}

// env lays variables over those that a language has.
func (r *reader) env(list *[]string, n *yaml.Node) error {
	es, err := r.mapping(n, nil)
	if err != nil {
		return err
	}
	if len(es) > maxWords {
		return r.fault(n, "", "%d variables; at most %d are read", len(es), maxWords)
	}
	var add []string
	for _, e := range es {
		key, err := r.text(e.key)
		if err != nil {
			return err
		}
		if strings.Contains(key, "=") {
			return r.fault(e.key, "", "%q is not the name of a variable", key)
		}
		value, err := r.text(e.value)
		if err != nil {
			return err
		}
		add = append(add, key+"="+value)
	}
	*list = layEnv(*list, add)
	return nil
}

func (r *reader) readEntry(l *Language, n *yaml.Node) error {
	names := [...]string{NoEntry: "none", MainFile: "file", JavaClass: "java", KotlinClass: "kotlin"}
	if err := r.among(n, "kind of entry point", names[:]); err != nil {
		return err
	}
	l.EntryPoint = EntryPoint(slices.Index(names[:], n.Value))
	return nil
}

func (r *reader) readProduct(l *Language, n *yaml.Node) error {
	names := [...]string{Compiled: "compiled", Interpreted: "sources"}
	if err := r.among(n, "product", names[:]); err != nil {
		return err
	}
	l.Product = Product(slices.Index(names[:], n.Value))
	return nil
}

// pattern reads a regular expression, with these flags set.
func pattern(flags string, of func(*Language) **regexp.Regexp) func(*reader, *Language, *yaml.Node) error {
	return func(r *reader, l *Language, n *yaml.Node) error {
		text, err := r.text(n)
		if err != nil {
			return err
		}
		compiled, err := regexp.Compile(flags + text)
		if err != nil {
			return r.fault(n, "", "%v", err)
		}
		*of(l) = compiled
		return nil
	}
}

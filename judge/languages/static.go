package languages

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/problems/strictyaml"
)

// Static describes how products of a language are linked statically, on hosts that have the libraries.
type Static struct {
	Words     []string // of the compile command; they replace {static}
	Compiler  string   // the compiler that locates the libraries, by -print-search-dirs
	Libraries []string // file names such as libc.a
	Otherwise []string // additional host paths that a run sees if the product is dynamic
}

// Linking is how products of a language are linked on this host.
type Linking struct {
	Kind  string   // "static" or "dynamic"; "": the table leaves it to the compiler
	Lacks []string // the static libraries that this host lacks
}

// The kinds of linking.
const (
	StaticLinking  = "static"
	DynamicLinking = "dynamic"
)

// staticWord is the word of a command that Static.Words replace.
const staticWord = "{static}"

// searchPatience bounds the time in which a compiler must print its directories. It takes milliseconds, but the
// host may be busy.
const searchPatience = 2 * time.Minute

// Linking looks for the static libraries in the compiler's directories. The result is cached for the life of the
// table.
func (l Language) Linking() Linking {
	if len(l.Static.Words) == 0 {
		return Linking{}
	}
	dirs := l.installed.searchDirs(l.Static.Compiler)
	k := Linking{Kind: StaticLinking}
	for _, name := range l.Static.Libraries {
		if !slices.ContainsFunc(dirs, func(dir string) bool { return isFile(filepath.Join(dir, name)) }) {
			k.Kind, k.Lacks = DynamicLinking, append(k.Lacks, name)
		}
	}
	return k
}

// linked returns the language with {static} filled in, and how its products are linked.
func (l Language) linked() (Language, Linking) {
	k := l.Linking()
	words := l.Static.Words
	if k.Kind == DynamicLinking {
		words = nil
		l.RunSees = slices.Concat(l.RunSees, l.Static.Otherwise)
	}
	if at := slices.Index(l.Compile, staticWord); at >= 0 {
		l.Compile = slices.Concat(l.Compile[:at], words, l.Compile[at+1:])
	}
	return l, k
}

// searchDirs returns the directories that a compiler like gcc searches for libraries; none if it cannot be run.
func searchDirs(compiler string) []string {
	path, ok := find(compiler)
	if !ok {
		return nil
	}
	said, _, err := runVersion(context.Background(), path, []string{"-print-search-dirs"}, searchPatience)
	if err != nil {
		return nil
	}
	for line := range strings.Lines(said) {
		if list, ok := strings.CutPrefix(strings.TrimSpace(line), "libraries: ="); ok {
			return filepath.SplitList(list)
		}
	}
	return nil
}

// readStatic reads the settings for static linking.
func (r *reader) readStatic(l *Language, n *strictyaml.Node) error {
	given, err := n.Mapping([]string{"words", "compiler", "libraries", "otherwise_sees"}, nil)
	if err != nil {
		return err
	}
	var s Static
	for _, k := range []struct {
		name string
		read func(*strictyaml.Node) error
	}{
		{"words", func(n *strictyaml.Node) (err error) { s.Words, err = texts(n); return err }},
		{"compiler", func(n *strictyaml.Node) (err error) { s.Compiler, err = n.Text(); return err }},
		{"libraries", func(n *strictyaml.Node) (err error) { s.Libraries, err = baseNames(n); return err }},
		{"otherwise_sees", func(n *strictyaml.Node) (err error) { s.Otherwise, err = r.seen(n); return err }},
	} {
		if value := given[k.name]; value != nil {
			if err := k.read(value); err != nil {
				return err
			}
		}
	}
	if len(s.Words) > 0 && (s.Compiler == "" || len(s.Libraries) == 0) {
		return n.Fault("static names no compiler or no libraries", "add `compiler: gcc` and `libraries: [libc.a]`")
	}
	l.Static = s
	return nil
}

// baseNames reads a list of file names.
func baseNames(n *strictyaml.Node) ([]string, error) {
	all, err := n.Elements("words", "write [A, B]")
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if strings.Contains(c.Raw(), "/") {
			return nil, c.Fault(strictyaml.Quote(c.Raw())+" is not the name of a library's file", "write it as libc.a")
		}
	}
	return texts(n)
}

// seen reads a list of paths and groups.
func (r *reader) seen(n *strictyaml.Node) ([]string, error) {
	paths, err := texts(n)
	if err != nil {
		return nil, err
	}
	return paths, each(r, n, (*reader).checkSees)
}

package languages

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Limits are the bounds that a command line depends on, in bytes.
type Limits struct {
	Memory            int64 // of one run
	CompilationMemory int64
}

// Plan describes how one submission is compiled and run: arguments, environments, and the paths of the host that
// the jails see.
type Plan struct {
	Language string // id
	Entry    string // the file or class that a run starts; "" where the product is an executable

	Files            []File   // contents of the working directory of the compile jail, besides an empty directory "out"
	Ours             int      // the number of files at the front of Files that are the problem's own
	Compile          []string // Compile[0] is absolute; nil: nothing to compile
	CompileEnv       []string // the whole environment
	CompileSees      []string // for isolate.Root.Sees: absolute, no globs, "?" at the end of optional ones
	CompileProcesses int      // 0: the jail's default
	Linking          Linking  // of the product
	Header           *Header  // a header to precompile for all sources that include it; nil: none

	Product Product
	Work    []WorkFile // the submitted files, for the working directory of a run
	Renamed Renaming   // of the only submitted file

	Run       []string // Run[0] is absolute; the product is at /prog
	RunEnv    []string
	RunSees   []string
	Processes int // 0: the jail's default
}

// variable matches a template's variables; variables are all that exist. languages.yaml explains them.
var variable = regexp.MustCompile(`\{[a-z_]+\}`)

func variables() []string {
	return []string{"{files}", "{entry}", "{memory_mib}", "{heap_mib}", staticWord}
}

// Plan returns how to compile and run these sources. An error is a Fault of the submission, a missing entry point,
// or a language that is not installed.
func (l Language) Plan(s Sources, limits Limits) (Plan, error) {
	if missing := l.Missing(); missing != nil {
		return Plan{}, l.MissingError(missing)
	}
	s = l.rename(s)
	entry, err := l.Entry(s)
	if err != nil {
		return Plan{}, err
	}
	l, linking := l.linked()
	p := Plan{
		Language: l.ID, Linking: linking, Entry: entry, Files: s.Files, Ours: s.Ours, Product: l.Product,
		CompileEnv: layEnv(baseEnv(), l.CompileEnv), CompileProcesses: l.CompileProcesses,
		RunEnv: layEnv(baseEnv(), l.RunEnv), Processes: l.Processes,
	}
	sources := l.ordered(s.Files, entry)
	p.Compile = expand(l.Compile, sources, entry, limits.CompilationMemory, l.Reserve)
	p.Run = expand(l.Run, sources, entry, limits.Memory, l.Reserve)
	if p.CompileSees, err = l.sees(l.Compile, l.CompileSees); err != nil {
		return Plan{}, err
	}
	if p.RunSees, err = l.sees(l.Run, l.RunSees); err != nil {
		return Plan{}, err
	}
	p.Header = l.header(p, limits)
	p.Work, p.Renamed = l.work(s), s.Renamed
	return p, nil
}

// expand fills in a command's variables and makes its first word absolute. Missing must have found it.
func expand(template, files []string, entry string, memory int64, reserve int) []string {
	if len(template) == 0 {
		return nil
	}
	mib := memory >> 20
	fill := strings.NewReplacer(
		"{entry}", entry,
		"{memory_mib}", strconv.FormatInt(mib, 10),
		"{heap_mib}", strconv.FormatInt(max(mib-int64(reserve), mib/2, 1), 10),
	)
	var argv []string
	for _, part := range template {
		switch part {
		case "{files}":
			for _, name := range files {
				argv = append(argv, word(name))
			}
		case "{entry}":
			argv = append(argv, word(entry))
		default:
			argv = append(argv, fill.Replace(part))
		}
	}
	if path, ok := find(argv[0]); ok && !ofProduct(argv[0]) {
		argv[0] = path
	}
	return argv
}

// ordered returns the names of the sources for a command line, the entry point last.
func (l Language) ordered(files []File, entry string) []string {
	var names []string
	for _, f := range l.sources(files) {
		if f.Name != entry {
			names = append(names, f.Name)
		}
	}
	if slices.ContainsFunc(files, func(f File) bool { return f.Name == entry }) {
		names = append(names, entry)
	}
	return names
}

// sees returns the paths that a command needs, including its own executable, with globs expanded. A required
// pattern without a match is an error.
func (l Language) sees(command, paths []string) ([]string, error) {
	var seen []string
	add := func(path string) {
		if !slices.Contains(seen, path) {
			seen = append(seen, path)
		}
	}
	if len(command) > 0 && !ofProduct(command[0]) {
		if path, ok := l.installed.find(command[0]); ok {
			add(path)
		}
	}
	for _, path := range paths {
		matches, err := l.installed.either(path)
		if err != nil {
			return nil, fmt.Errorf("language %s: path %q: %w", l.ID, path, err)
		}
		if matches == nil {
			return nil, l.layoutError(path)
		}
		for _, m := range matches {
			add(m)
		}
	}
	return seen, nil
}

// either returns the matches of the first of a path's alternatives that exists: "/lib/*-linux-gnu|/usr/lib64". It
// is nil if none exists, and empty if the path is optional, which a trailing ? marks. An optional path that is not
// a pattern is returned unchanged.
func (n *installed) either(path string) ([]string, error) {
	patterns, optional := strings.CutSuffix(path, "?")
	if optional && !strings.ContainsAny(patterns, "*|") {
		return []string{path}, nil
	}
	for pattern := range strings.SplitSeq(patterns, "|") {
		if !strings.Contains(pattern, "*") {
			if _, err := os.Stat(pattern); !errors.Is(err, fs.ErrNotExist) {
				return []string{pattern}, nil
			}
			continue
		}
		if matches, err := n.match(pattern); err != nil || len(matches) > 0 {
			return matches, err
		}
	}
	if optional {
		return []string{}, nil
	}
	return nil, nil
}

// baseEnv is the environment of every program; a language's variables override it.
func baseEnv() []string { return []string{"HOME=/tmp", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"} }

// layEnv returns base with the variables of over set; both are lists of "key=value".
func layEnv(base, over []string) []string {
	env := slices.Clone(base)
	for _, v := range over {
		key, _, _ := strings.Cut(v, "=")
		env = slices.DeleteFunc(env, func(e string) bool { return strings.HasPrefix(e, key+"=") })
		env = append(env, v)
	}
	return env
}

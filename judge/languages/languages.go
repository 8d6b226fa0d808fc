// Package languages describes how submissions in each language are detected, compiled and run.
//
// The table is data: languages.yaml, embedded in the binary. A user's file can override single fields and add
// languages. Nothing here starts a submission: a Plan describes what to run, and the engine runs it in jails.
//
//	table, err := languages.Load("")
//	sources, err := languages.ReadSources("solution.cpp", 128<<10)
//	language, err := table.Detect(sources)
//	plan, err := language.Plan(sources, languages.Limits{Memory: 256 << 20, CompilationMemory: 2 << 30})
//
// The jails must look like this:
//
//   - Compiling happens in /box/work, a writable tmpfs that contains Plan.Files under their names and an empty
//     directory "out"; /tmp is writable. The jail sees Plan.CompileSees.
//   - The product is the directory "out" after compiling (Compiled), or Plan.Files as they were read (Interpreted):
//     the output of a syntax check is discarded.
//   - A run sees the product, read-only, at /prog, and Plan.RunSees. Its working directory is a fresh /box/work that
//     contains only Plan.Work.
package languages

import (
	_ "embed"
	"regexp"
)

//go:embed languages.yaml
var builtin []byte

// Table is an ordered set of languages. It does not change once loaded.
type Table struct {
	languages []Language
	groups    map[string][]string // named lists of paths for CompileSees and RunSees
	installed *installed          // of this host, for all languages of the table
}

// All returns the languages in the order of the table.
func (t *Table) All() []Language {
	var all []Language
	for _, l := range t.languages {
		all = append(all, t.whole(l))
	}
	return all
}

// Lookup returns the language with this id.
func (t *Table) Lookup(id string) (Language, bool) {
	l, ok := t.find(id)
	return t.whole(l), ok
}

// find is Lookup without the expansion of path groups.
func (t *Table) find(id string) (Language, bool) {
	for _, l := range t.languages {
		if l.ID == id {
			return l, true
		}
	}
	return Language{}, false
}

// whole returns the language with its path groups expanded.
func (t *Table) whole(l Language) Language {
	l.CompileSees, l.RunSees = t.flatten(l.CompileSees), t.flatten(l.RunSees)
	l.Static.Otherwise = t.flatten(l.Static.Otherwise)
	l.installed = t.installed
	return l
}

// Language is one row of the table. languages.yaml explains each field and the variables of the commands.
type Language struct {
	ID   string // lower case letters and digits, as in the ICPC format's table of languages
	Name string // for people

	Extensions   []string // with the dot; files with it are sources, and decide for this language
	Accepts      []string // with the dot; files with it are sources, but do not decide
	Interpreters []string // base names of interpreters in shebangs that decide for this language
	EntryPoint   EntryPoint

	Product          Product
	Compile          []string // template; nil: nothing to do before a run
	CompileEnv       []string // "key=value", added by Plan to the basic environment
	CompileSees      []string // host paths as isolate.Root.Sees takes them, with globs
	CompileProcesses int      // processes and threads at one time; 0: the jail's default
	Static           Static   // replaces {static} in Compile
	Precompiled      string   // a header that is worth precompiling; "": none

	Run       []string // template
	RunEnv    []string
	RunSees   []string
	Processes int // processes and threads of one run at one time; 0: the jail's default
	Reserve   int // MiB of the memory limit that are not for the program's heap; see {heap_mib}

	ErrorPattern *regexp.Regexp // of the compiler's first error; nil: unknown. See FirstError.

	VersionCommand []string
	VersionPattern *regexp.Regexp // its first group, or the whole match, is the version
	Package        string         // the Debian package that provides the language

	installed *installed // shared by the languages of a table; nil: each plan looks for itself
}

// EntryPoint is the kind of entry point of a program with several files.
type EntryPoint uint8

// The kinds of entry point.
const (
	NoEntry     EntryPoint = iota // the compiler finds it: the product is an executable
	MainFile                      // a file: main.*, or the only one
	JavaClass                     // the class with main
	KotlinClass                   // the file class of the file with main
)

// Product is the kind of files that runs get.
type Product uint8

// The products.
const (
	Compiled    Product = iota // what the compiler leaves in the directory "out"
	Interpreted                // the sources themselves
)

// Package read opens a contest: a CLICS contest package, or a contest.yaml with a folder of submissions or a CSV.
//
//	contest, closer, err := read.Open(ctx, "spring27")
//
// What is wrong with the contest's own files is an error with file, line and hint. What is wrong with one submission is
// that submission's Fault. Everything that it reads is untrusted: links are not followed, and every size is bounded.
package read

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/clics"
	"judge/judge/languages"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/safefile"
)

// Bounds of a contest.
const (
	maxFile        = 64 << 20 // bytes of a CSV
	maxEntries     = 300_000  // files and directories in the submissions' folder
	maxSubmissions = 200_000
	maxRows        = 300_000 // of a CSV
	maxProblems    = 1000
	maxNotes       = 20
)

// Options are the settings of Open.
type Options struct {
	Languages *languages.Table // decides which files are sources; nil: the built-in table
}

// Open reads a contest as OpenWith does, with the built-in table of languages.
func Open(ctx context.Context, path string) (*contest.Contest, io.Closer, error) {
	return OpenWith(ctx, path, Options{})
}

// OpenWith reads the contest at a path: a directory with a contest.yaml, that file itself, or a CLICS contest package,
// as a directory or a zip. Faults of its files are *problems.Error. The caller closes the closer once nothing of the
// contest is opened any more: an unpacked package exists until then.
func OpenWith(ctx context.Context, path string, options Options) (*contest.Contest, io.Closer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fault(path, 0, 0, safefile.Reason(err), "name the directory of a contest, or its contest.yaml")
	}
	dir, file := path, ""
	switch {
	case info.IsDir():
		file = specIn(path)
	case slices.Contains(specNames(), filepath.Base(path)) || isYAML(path):
		dir, file = filepath.Dir(path), filepath.Base(path)
	case clics.Holds(path):
		return clics.Read(path)
	default:
		return nil, nil, fault(path, 0, 0, "not a contest: expected a directory, a contest.yaml or a CLICS package",
			"name the directory that has the contest.yaml")
	}
	if file == "" {
		if clics.Holds(dir) {
			return clics.Read(dir)
		}
		return nil, nil, noSpec(dir)
	}
	return openSpec(ctx, dir, file, options)
}

// specNames are the names of the file that describes a contest, in the order in which they are tried.
func specNames() []string { return []string{"contest.yaml", "contest.yml", "contest.json"} }

func isYAML(path string) bool { return slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) }

// specIn returns the name of the file that describes the contest in a directory; "": no such file.
func specIn(dir string) string {
	for _, name := range specNames() {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return name
		}
	}
	return ""
}

// noSpec returns the error about a directory without a contest.
func noSpec(dir string) error {
	if formats.Holds(dir) {
		return fault(dir, 0, 0, "a problem: expected a contest", "name a directory with a contest.yaml")
	}
	return fault(dir, 0, 0, "no contest.yaml in this directory", "create a contest.yaml that lists the problems")
}

// openSpec reads the contest that a file in a directory describes. A CLICS package has such a file too, without any of
// the keys that only the judge has.
func openSpec(ctx context.Context, dir, file string, options Options) (*contest.Contest, io.Closer, error) {
	root, err := safefile.OpenRoot(dir)
	if err != nil {
		return nil, nil, fault(dir, 0, 0, safefile.Reason(err), "name the directory of a contest")
	}
	defer root.Close()
	if options.Languages == nil {
		if options.Languages, err = languages.Load(""); err != nil {
			return nil, nil, err
		}
	}
	r := &reader{root: root, dir: dir, file: file, sources: sourcesOf(options.Languages)}
	top, err := r.parse(file)
	if err != nil {
		return nil, nil, err
	}
	if isPackage(top) && clics.Holds(dir) {
		return clics.Read(dir)
	}
	if err := r.read(ctx, top); err != nil {
		return nil, nil, err
	}
	return &r.contest, nothing{}, nil
}

// reader is a contest while it is read.
type reader struct {
	root    *safefile.Root
	dir     string // as the user named it
	file    string // name of the contest.yaml in it
	sources sources

	contest contest.Contest
	names   problemNames
	teams   *roster
	more    int // notes that were left out
}

// shown returns a name in the contest as the user would write it.
func (r *reader) shown(name string) string { return filepath.Join(r.dir, name) }

// note keeps a note on a file.
func (r *reader) note(name, msg, hint string) {
	r.addNote(&problems.Error{File: r.shown(name), Msg: msg, Hint: hint})
}

// addNote keeps a note. Only the first are kept: a folder can hold any number of foreign files.
func (r *reader) addNote(note *problems.Error) {
	if len(r.contest.Notes) >= maxNotes {
		r.more++
		return
	}
	r.contest.Notes = append(r.contest.Notes, note)
}

// inside returns the name of a file that a file of the contest names, relative to the contest's directory. from is the
// directory of the file that names it. outside reports that it leads out.
func inside(from, named string) (name string, outside bool) {
	name = filepath.Join(from, named)
	return name, filepath.IsAbs(named) || !filepath.IsLocal(name)
}

// reasonOf describes an error about a file of a contest, without its path.
func reasonOf(err error) string {
	if link, ok := errors.AsType[*safefile.LinkError](err); ok && link.Target != "" {
		return "a link leads out of the contest's directory"
	}
	if errors.Is(err, safefile.ErrOutside) {
		return "leads out of the contest's directory"
	}
	return safefile.Reason(err)
}

func fault(file string, line, col int, msg, hint string) error {
	return &problems.Error{File: file, Line: line, Col: col, Msg: msg, Hint: hint}
}

// nearFile returns a hint for a file that does not exist: the nearest name in its directory, or otherwise.
func nearFile(full, otherwise string) string {
	dir, err := os.Open(filepath.Dir(full))
	if err != nil {
		return otherwise
	}
	defer dir.Close()
	const most = 1000
	entries, _ := dir.Readdirnames(most) //nolint:errcheck // the names that could be read are enough
	entries = slices.DeleteFunc(entries, func(name string) bool { return strings.HasPrefix(name, ".") })
	slices.Sort(entries)
	if near := problems.NearestFile(filepath.Base(full), entries); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

// isMissing reports whether an error is about a file that does not exist.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// nothing has nothing to close.
type nothing struct{}

// Close does nothing.
func (nothing) Close() error { return nil }

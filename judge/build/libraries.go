package build

import (
	"errors"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
	"judge/problems/safefile"
)

// testlibHeader is the library of most checkers, validators and generators. Packages often leave it out, as their
// systems have it.
const testlibHeader = "testlib.h"

// included returns the headers that a source includes in quotes. testlib.h is never one of the host's.
var included = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<(testlib\.h)>)`)

// missing is an included header that is not among the sources.
type missing struct {
	name  string // as the source writes it
	file  string // where it would be among the sources
	angle bool   // in <>
}

// missingHeaders returns the included headers that are neither next to the source that includes them, nor in one of
// the directories that are searched, nor on the host.
func missingHeaders(files []languages.File, dirs ...string) []missing {
	var all []missing
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name] = true
	}
	for _, f := range files {
		if !isC(f.Name) {
			continue
		}
		for _, m := range included.FindAllSubmatch(f.Data, -1) {
			name := string(m[1]) + string(m[2])
			header := path.Join(path.Dir(f.Name), name)
			searched := func(dir string) bool { return names[path.Join(dir, name)] }
			if !names[header] && !slices.ContainsFunc(dirs, searched) && !onHost(name) {
				names[header] = true
				all = append(all, missing{name, header, m[2] != nil})
			}
		}
	}
	return all
}

// isC reports whether a file is one of C or C++.
func isC(name string) bool {
	return slices.Contains([]string{".c", ".cc", ".cpp", ".cxx", ".c++", ".C", ".h", ".hh", ".hpp"}, path.Ext(name))
}

// onHost reports whether a header is in one of the directories that compilers search.
func onHost(name string) bool {
	if name == testlibHeader || strings.ContainsAny(name, `*?[\`) {
		return false // the jail of a compiler need not see /usr/local, so testlib.h is read from there
	}
	for _, dir := range []string{"/usr/include", "/usr/local/include", "/usr/include/*-linux-gnu", "/usr/include/c++/*",
		"/usr/lib*/gcc/*/*/include"} {
		if found, err := filepath.Glob(filepath.Join(dir, name)); err == nil && found != nil {
			return true
		}
	}
	return false
}

// libraryDirs lists where packages and repositories keep headers that several programs include.
func libraryDirs() []string {
	return []string{
		".", "files", "include", "includes", "resources", "lib", "libs", "library", "common", "shared", "testlib",
		"headers", "utils", "tools", "third_party/testlib", "checker", "check", "checkers", "cor", "validator",
		"validators", "gen", "generators", "graders",
	}
}

// maxLibraries bounds the headers that are looked for, and maxLevels the directories above a problem.
const (
	maxLibraries = 50
	maxLevels    = 16
)

// withLibraries adds the headers that a program includes by a plain name and that are not next to it. They are in the
// problem, in a directory above it within its git repository, or, testlib.h only, in the include path of the host.
func withLibraries(p *problems.Problem, s languages.Sources) (languages.Sources, error) {
	left := int64(checkerCode)
	for _, f := range s.Files {
		left -= int64(len(f.Data))
	}
	tried := map[string]bool{}
	for range maxLibraries {
		lacking := missingHeaders(s.Files)
		i := slices.IndexFunc(lacking, func(m missing) bool { return !tried[m.file] && path.Base(m.name) == m.name })
		if i < 0 {
			break
		}
		tried[lacking[i].file] = true
		data, err := findLibrary(p.Dir, lacking[i].name, left)
		if err != nil {
			return s, err
		}
		if data != nil {
			left -= int64(len(data))
			s.Files = append(slices.Clip(s.Files), languages.File{Name: lacking[i].file, Data: data})
		}
	}
	return s, nil
}

// findLibrary reads a header from the places that withLibraries names; nil: it is in none of them.
func findLibrary(problem, name string, left int64) ([]byte, error) {
	top := safefile.Repository(problem)
	at := problem
	for range maxLevels {
		data, err := libraryIn(at, name, left)
		if data != nil || err != nil {
			return data, err
		}
		if top == "" || at == top || at == filepath.Dir(at) {
			break
		}
		at = filepath.Dir(at)
	}
	if name != testlibHeader {
		return nil, nil
	}
	for _, dir := range []string{"/usr/local/include", "/usr/include"} {
		for _, sub := range []string{"", "testlib"} {
			if file, err := safefile.Open(filepath.Join(dir, sub, name)); err == nil {
				return readLibrary(file, left)
			}
		}
	}
	return nil, nil
}

// libraryIn reads a header from one of the usual directories beneath a directory; nil: it is in none of them.
func libraryIn(dir, name string, left int64) ([]byte, error) {
	root, err := safefile.OpenPackage(dir)
	if err != nil {
		return nil, nil //nolint:nilerr // a directory that cannot be opened holds no header
	}
	defer root.Close()
	for _, sub := range libraryDirs() {
		full := path.Join(sub, name)
		if mode, err := root.Type(full); err != nil || !mode.IsRegular() {
			continue
		}
		file, err := root.Open(full)
		if err != nil {
			return nil, err
		}
		return readLibrary(file, left)
	}
	return nil, nil
}

// readLibrary reads and closes a header. It is never nil.
func readLibrary(file io.ReadCloser, left int64) ([]byte, error) {
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, left+1))
	if err == nil && int64(len(data)) > left {
		err = errors.New("the headers that it includes are too large")
	}
	return append([]byte{}, data...), err
}

// ownDirectory returns the compiler's flag by which <testlib.h> finds the file next to the source, if one is needed.
func ownDirectory(files []languages.File) []string {
	for _, f := range files {
		for _, m := range included.FindAllSubmatch(f.Data, -1) {
			if m[2] != nil && isC(f.Name) {
				return []string{"-I."}
			}
		}
	}
	return nil
}

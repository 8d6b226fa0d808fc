package build

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge/languages"
)

// graderCode bounds the files of a grader in one language, in bytes.
const graderCode = 16 << 20

// addGrader adds the problem's grader to a submission. A missing grader for the submission's language is a fault
// of the submission, because the problem limits the languages; an unreadable one is a fault of the problem.
func (r Reader) addGrader(l languages.Language, s languages.Sources) (languages.Sources, error) {
	p, g := r.Problem, r.Problem.Grader
	id, ok := r.Languages.Nearest(l, slices.Collect(maps.Keys(g.Files)))
	if !ok && !g.Library {
		known := strings.Join(slices.Sorted(maps.Keys(g.Files)), ", ")
		why := fmt.Sprintf("the problem has no grader for %s, only for %s", l.ID, known)
		return s, &languages.Fault{Kind: languages.FaultyLanguage, Why: why}
	}
	var files []languages.File
	left := int64(graderCode)
	paths := g.Files[id]
	if g.Library {
		paths = besides(g.Files[everyLanguage], paths)
	}
	for _, path := range paths {
		read, err := languages.ReadProgram(PackageOf(p), path, path, left)
		if err != nil {
			return s, &CheckerError{Path: path, Why: "cannot be read: " + err.Error()}
		}
		left -= int64(len(read.Files[0].Data))
		files = append(files, languages.File{Name: filepath.Base(path), Data: read.Files[0].Data})
	}
	if g.Library {
		all, err := withConstants(languages.Sources{Files: files}, p.Constants)
		if err != nil {
			return s, &CheckerError{Path: p.Path, Why: "cannot be read: " + err.Error()}
		}
		return l.WithLibrary(s, all.Files), nil
	}
	if g.Before != "" {
		files[0].Data = slices.Concat([]byte(g.Before), files[0].Data)
	}
	return l.WithGrader(withBefore(s, g.BeforeSubmission), g.Name, files), nil
}

// withBefore puts lines before every source of a submission that is not a header.
func withBefore(s languages.Sources, before string) languages.Sources {
	if before == "" {
		return s
	}
	s.Files = slices.Clone(s.Files)
	for i, f := range s.Files {
		if ext := filepath.Ext(f.Name); ext != ".h" && ext != ".hpp" && ext != ".hh" {
			s.Files[i].Data = slices.Concat([]byte(before), f.Data)
		}
	}
	return s
}

// everyLanguage is the key of the files for all languages among a grader's files.
const everyLanguage = ""

// besides returns the files of one language, and those files for all languages that it does not replace.
func besides(every, own []string) []string {
	all := slices.Clone(own)
	for _, path := range every {
		if !slices.ContainsFunc(own, func(o string) bool { return filepath.Base(o) == filepath.Base(path) }) {
			all = append(all, path)
		}
	}
	return all
}

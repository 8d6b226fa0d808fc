package languages

import (
	"path"
	"slices"
)

// WithGrader adds the files of a problem's grader to a submission. The first of them starts the program; the submission's single
// file is called name, if that is not "", with its language's extension, so that the grader finds it. What the grader brings
// takes the place of files of the same name.
func (l Language) WithGrader(s Sources, name string, grader []File) Sources {
	files := l.rename(s)
	if name != "" && len(files) == 1 {
		files = []File{{name + l.extensionOf(files[0].Name), files[0].Data}}
	}
	with := Sources{Path: s.Path, Start: grader[0].Name, Files: slices.Clone(grader)}
	for _, f := range files {
		if !slices.ContainsFunc(grader, func(g File) bool { return g.Name == f.Name }) {
			with.Files = append(with.Files, f)
		}
	}
	return with
}

// extensionOf is the extension by which a file is a source of this language.
func (l Language) extensionOf(name string) string {
	for _, e := range slices.Concat(l.Extensions, l.Accepts) {
		if hasExtension(name, []string{e}) {
			return e
		}
	}
	return path.Ext(name)
}

// Nearest returns the one of these languages that is the language itself, or else one whose sources it takes too: cpp for cpp17.
func (t *Table) Nearest(l Language, ids []string) (id string, ok bool) {
	if slices.Contains(ids, l.ID) {
		return l.ID, true
	}
	takes := slices.Concat(l.Extensions, l.Accepts)
	for _, other := range t.languages {
		if slices.Contains(ids, other.ID) && slices.ContainsFunc(other.Extensions, func(e string) bool { return slices.Contains(takes, e) }) {
			return other.ID, true
		}
	}
	return "", false
}

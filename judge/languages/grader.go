package languages

import (
	"path"
	"slices"
)

// WithGrader adds the files of a problem's grader to a submission. The first of them starts the program; the submission's single
// file is called name, if that is not "", with its language's extension, so that the grader finds it. What the grader brings
// takes the place of files of the same name.
func (l Language) WithGrader(s Sources, name string, grader []File) Sources {
	if len(s.Files) == 1 {
		f := l.extended(s.Files[0])
		switch {
		case name != "":
			f.Name = name + l.extensionOf(f.Name)
		case l.EntryPoint == JavaClass && publicClass(f.Data) != "":
			f.Name = publicClass(f.Data) + ".java"
		}
		s = l.renamed(s, f)
	} else {
		s = l.rename(s)
	}
	return Sources{
		Path: s.Path, Start: grader[0].Name, Files: beside(grader, s.Files), Ours: len(grader), Renamed: s.Renamed,
	}
}

// WithBeside adds files to a submission, which starts as it does without them, unless one of them is called main.*: that
// starts it then, and may mean the submission by its name. They take the place of files of the same name.
func (l Language) WithBeside(s Sources, files []File) Sources {
	_, driven := calledMain(files)
	if len(s.Files) == 1 && !driven {
		s = l.rename(s)
	}
	if s.Start == "" && l.EntryPoint == MainFile {
		if own, ok := mainFile(l.sources(s.Files)); ok && !driven {
			s.Start = own.Name
		}
	}
	s.Files = beside(files, s.Files)
	return s
}

// beside are the first files, and those of the others that have other names.
func beside(first, others []File) []File {
	all := slices.Clone(first)
	for _, f := range others {
		if !slices.ContainsFunc(first, func(g File) bool { return g.Name == f.Name }) {
			all = append(all, f)
		}
	}
	return all
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

package languages

import (
	"path"
	"slices"
)

// WithGrader adds the files of a problem's grader to a submission. The first of them starts the program. If name
// is not "", the submission's single file is renamed to it and keeps an extension of its language, so that the
// grader finds it. Files of the grader replace files of the same name.
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
		Path: s.Path, Start: grader[0].Name, Files: merged(grader, s.Files), Ours: len(grader), Renamed: s.Renamed,
	}
}

// WithLibrary adds files to a submission. The submission starts as before, unless one of the files is named main.*:
// that file then starts the program, and may refer to the submission by its name. The files replace files of the
// same name.
func (l Language) WithLibrary(s Sources, files []File) Sources {
	_, driven := calledMain(files)
	if len(s.Files) == 1 && !driven {
		s = l.rename(s)
	}
	if s.Start == "" && l.EntryPoint == MainFile {
		if own, ok := mainFile(l.sources(s.Files)); ok && !driven {
			s.Start = own.Name
		}
	}
	s.Files = merged(files, s.Files)
	return s
}

// merged returns the first files, and those of the others that have different names.
func merged(first, others []File) []File {
	all := slices.Clone(first)
	for _, f := range others {
		if !slices.ContainsFunc(first, func(g File) bool { return g.Name == f.Name }) {
			all = append(all, f)
		}
	}
	return all
}

// extensionOf returns the extension by which a file is a source of the language.
func (l Language) extensionOf(name string) string {
	for _, e := range slices.Concat(l.Extensions, l.Accepts) {
		if hasExtension(name, []string{e}) {
			return e
		}
	}
	return path.Ext(name)
}

// Nearest returns the id of the language itself if it is among ids, or else the first id of a language with the same
// kind of sources: cpp for cpp17.
func (t *Table) Nearest(l Language, ids []string) (id string, ok bool) {
	if slices.Contains(ids, l.ID) {
		return l.ID, true
	}
	takes := slices.Concat(l.Extensions, l.Accepts)
	for _, other := range t.languages {
		shares := slices.ContainsFunc(other.Extensions, func(e string) bool { return slices.Contains(takes, e) })
		if slices.Contains(ids, other.ID) && shares {
			return other.ID, true
		}
	}
	return "", false
}

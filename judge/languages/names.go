package languages

import (
	"path"
	"slices"
	"strings"
)

// neutralStem is the name, without extension, under which a submission's only file is compiled. Some compilers and
// interpreters give names a meaning (sol_test.go, foo_windows.go, token.py), and the name that a contestant
// chooses must not change the verdict.
const neutralStem = "main"

// Renaming is the renaming of a submission's only file. The zero value renames nothing.
type Renaming struct{ From, To string }

// rename returns the sources under the names that the compiler gets, in their order: a single file gets a neutral
// name. Several files may refer to each other by name, and keep theirs.
func (l Language) rename(s Sources) Sources {
	switch {
	case len(s.Files) == 1:
		return l.renamed(s, l.neutral(s.Files[0]))
	case l.EntryPoint == JavaClass:
		files := byPublicClass(s.Files)
		s.Start, s.Files = l.startOf(s, files), files
	}
	return s
}

// renamed returns the sources of one file with that file replaced.
func (l Language) renamed(s Sources, f File) Sources {
	files := []File{f}
	if own := s.Files[0].Name; own != f.Name {
		s.Renamed = Renaming{own, f.Name}
	}
	s.Start, s.Files = l.startOf(s, files), files
	return s
}

// neutral returns a file under the neutral name, with its own extension if that is one of the language's. A Java
// file gets the name of its public class, which javac requires. A language without extensions identifies files by
// name.
func (l Language) neutral(f File) File {
	if l.Extensions == nil && l.Accepts == nil {
		return f
	}
	if l.EntryPoint == JavaClass {
		class := publicClass(f.Data)
		if class == "" {
			class = "Main"
		}
		return File{Name: class + ".java", Data: f.Data}
	}
	return File{Name: neutralStem + l.extensionOf(l.extended(f).Name), Data: f.Data}
}

// extended returns a file with the language's extension, if it has none of them.
func (l Language) extended(f File) File {
	all := slices.Concat(l.Extensions, l.Accepts)
	if len(all) > 0 && !hasExtension(f.Name, all) {
		f.Name += all[0]
	}
	return f
}

// byPublicClass returns Java files under the names of their public classes, unless another file has that name.
func byPublicClass(files []File) []File {
	renamed := slices.Clone(files)
	for i, f := range files {
		class := publicClass(f.Data)
		name := path.Join(path.Dir(f.Name), class+".java")
		if class != "" && hasExtension(f.Name, []string{".java"}) && !called(renamed, name) {
			renamed[i].Name = name
		}
	}
	return renamed
}

// startOf returns the file that starts the program, under its new name.
func (l Language) startOf(s Sources, renamed []File) string {
	for i, f := range s.Files {
		if s.Start == f.Name {
			return renamed[i].Name
		}
		pkg, ours := strings.CutSuffix(s.Start, fileClass(f.Name))
		if l.EntryPoint == KotlinClass && ours && (pkg == "" || strings.HasSuffix(pkg, ".")) {
			return pkg + fileClass(renamed[i].Name)
		}
	}
	return s.Start
}

// word returns a file's name as an argument that is neither an option (-o.c) nor a file of options (@a.java).
func word(name string) string {
	if strings.HasPrefix(name, "-") || strings.HasPrefix(name, "@") {
		return "./" + name
	}
	return name
}

// WorkFile is a file of a submission in the working directory of a run: a copy, or a link to the product.
type WorkFile struct {
	Name string
	Data []byte
	Link string // "": it is a copy
}

// work returns the submitted files for the working directory of a run ("Working directory" of the ICPC problem
// package format), under the names with which they were submitted. Copying a source takes no measurable time.
func (l Language) work(s Sources) []WorkFile {
	var files []WorkFile
	for i, f := range s.Files {
		file := WorkFile{Name: f.Name, Data: f.Data}
		if own := s.Renamed.From; own != "" && f.Name == s.Renamed.To && !called(s.Files, own) {
			file.Name = own
		}
		switch {
		case l.Product == Interpreted:
			files = append(files, WorkFile{Name: file.Name, Link: productDir + "/" + f.Name})
		case i >= s.Ours || !l.isCode(f, s.Files):
			files = append(files, file)
		}
	}
	return files
}

// isCode reports whether a file is a source or a header.
func (l Language) isCode(f File, all []File) bool {
	switch path.Ext(f.Name) {
	case ".h", ".hh", ".hpp", ".hxx", ".inc", ".pch":
		return true
	}
	return called(l.sources(all), f.Name)
}

// called reports whether one of the files has this name.
func called(files []File, name string) bool {
	return slices.ContainsFunc(files, func(f File) bool { return f.Name == name })
}

package languages

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// sources returns the files that are sources of the language; where no name says so, all of them.
func (l Language) sources(files []File) []File {
	var sources []File
	for _, f := range files {
		if hasExtension(f.Name, l.Extensions) || hasExtension(f.Name, l.Accepts) {
			sources = append(sources, f)
		}
	}
	if sources == nil {
		return files
	}
	return sources
}

// data returns the files that only a run can want.
func (l Language) data(files []File) []File {
	sources := l.sources(files)
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool {
		return isHeader(f.Name) || slices.ContainsFunc(sources, func(s File) bool { return s.Name == f.Name })
	})
}

func isHeader(name string) bool {
	switch path.Ext(name) {
	case ".h", ".hh", ".hpp", ".hxx", ".inc", ".pch":
		return true
	}
	return false
}

// className is the form of a class's name, with its package.
var className = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*(\.[A-Za-z_$][A-Za-z0-9_$]*)*$`)

// Entry returns the entry point of the sources, a file's name or a class's; "" where the compiler finds it.
func (l Language) Entry(s Sources) (string, error) {
	sources := l.sources(s.Files)
	if s.Start != "" && l.EntryPoint != NoEntry {
		sources = slices.DeleteFunc(slices.Clone(sources), func(f File) bool { return f.Name != s.Start })
		isClass := l.EntryPoint != MainFile && className.MatchString(s.Start)
		switch {
		case len(sources) > 0:
		case isClass:
			return s.Start, nil
		default:
			return "", fmt.Errorf("submission %q has no source %q to start", s.Path, s.Start)
		}
	}
	switch l.EntryPoint {
	case MainFile:
		main, ok := mainFile(sources)
		if !ok {
			return "", fmt.Errorf("submission %q has several source files and none called main.*: rename the one that starts it", s.Path)
		}
		return main.Name, nil
	case JavaClass:
		return mainClass(s.Path, javaMains(sources), "Main")
	case KotlinClass:
		return mainClass(s.Path, kotlinMains(sources), "MainKt")
	default:
		return "", nil
	}
}

// mainFile returns the only file, or the only one that is no unit of Pascal's, or the one that is called main.*.
func mainFile(sources []File) (File, bool) {
	if len(sources) == 1 {
		return sources[0], true
	}
	whole := slices.DeleteFunc(slices.Clone(sources), func(f File) bool { return hasExtension(f.Name, []string{".pas", ".pp"}) && pascalUnit.Match(f.Data) })
	if len(whole) == 1 {
		return whole[0], true
	}
	return calledMain(sources)
}

// pascalUnit is how a source begins that is no program: with the word unit, behind comments.
var pascalUnit = regexp.MustCompile(`(?is)^(\s|\{[^}]*\}|\(\*.*?\*\)|//[^\n]*\n)*unit\s`)

// calledMain returns the file at the top that is called main.*, in whatever case, as Kattis has it; Python's own name for it is __main__.
func calledMain(sources []File) (File, bool) {
	var main File
	for _, f := range sources {
		if stem, _, _ := strings.Cut(f.Name, "."); strings.EqualFold(stem, "main") || stem == "__main__" {
			if main.Name != "" {
				return File{}, false
			}
			main = f
		}
	}
	return main, main.Name != ""
}

// mainClass chooses among the classes with main: the only one, or the one with the name that the ICPC format gives.
// Where none is seen the ICPC's name stands: it may be inherited, or the run will say that it is missing.
func mainClass(submission string, classes []string, usual string) (string, error) {
	var named []string
	for _, c := range classes {
		if c == usual || strings.HasSuffix(c, "."+usual) {
			named = append(named, c)
		}
	}
	switch {
	case len(classes) == 0:
		return usual, nil
	case len(classes) == 1:
		return classes[0], nil
	case len(named) == 1:
		return named[0], nil
	}
	const shown = 3
	list := strings.Join(classes[:min(shown, len(classes))], ", ")
	if len(classes) > shown {
		list += ", ..."
	}
	return "", fmt.Errorf("submission %q has several classes with main (%s): call the one that starts it %s", submission, list, usual)
}

// rename returns the files under the names that the compiler wants: a file alone gets the language's extension if it
// has none of them, and a Java file the name of its public class, which javac insists on.
func (l Language) rename(s Sources) []File {
	if len(s.Files) != 1 && l.EntryPoint == JavaClass {
		return byPublicClass(s.Files)
	}
	if len(s.Files) != 1 {
		return s.Files
	}
	f := s.Files[0]
	if all := append(l.Extensions[:len(l.Extensions):len(l.Extensions)], l.Accepts...); len(all) > 0 && !hasExtension(f.Name, all) {
		f.Name += all[0]
	}
	if l.EntryPoint == JavaClass {
		if class := publicClass(f.Data); class != "" {
			f.Name = path.Join(path.Dir(f.Name), class+".java")
		}
	}
	return []File{f}
}

// byPublicClass are Java files, each with the name of its public class, unless another has that name.
func byPublicClass(files []File) []File {
	renamed := slices.Clone(files)
	for i, f := range files {
		class := publicClass(f.Data)
		name := path.Join(path.Dir(f.Name), class+".java")
		if class != "" && hasExtension(f.Name, []string{".java"}) && !slices.ContainsFunc(renamed, func(o File) bool { return o.Name == name }) {
			renamed[i].Name = name
		}
	}
	return renamed
}

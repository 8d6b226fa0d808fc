package languages

import (
	"regexp"
	"slices"
	"strings"
)

// sources returns the files that are sources of the language. If no name has its extension, all files are sources.
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

// className matches the name of a class with its package.
var className = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*(\.[A-Za-z_$][A-Za-z0-9_$]*)*$`)

// Entry returns the entry point of the sources: the name of a file or a class, "" if the compiler finds it.
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
			return "", faultf(FaultyEntry, "no source file %q to start", s.Start)
		}
	}
	switch l.EntryPoint {
	case MainFile:
		main, ok := mainFile(sources)
		if !ok {
			return "", faultf(FaultyEntry, "several source files and no main.*: rename the one to start to main.*")
		}
		return main.Name, nil
	case JavaClass:
		return mainClass(javaMains(sources), "Main")
	case KotlinClass:
		return mainClass(kotlinMains(sources), "MainKt")
	default:
		return "", nil
	}
}

// mainFile returns the only file, or the only one that is not a Pascal unit, or the one that is named main.*.
func mainFile(sources []File) (File, bool) {
	if len(sources) == 1 {
		return sources[0], true
	}
	whole := slices.DeleteFunc(slices.Clone(sources), func(f File) bool {
		return hasExtension(f.Name, []string{".pas", ".pp"}) && pascalUnit.Match(f.Data)
	})
	if len(whole) == 1 {
		return whole[0], true
	}
	return calledMain(sources)
}

// pascalUnit matches the beginning of a Pascal unit, which is not a program: the word unit after comments.
var pascalUnit = regexp.MustCompile(`(?is)^(\s|\{[^}]*\}|\(\*.*?\*\)|//[^\n]*\n)*unit\s`)

// calledMain returns the top-level file that is named main.*, in upper or lower case, as in Kattis. For Python
// __main__ is equivalent.
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

// mainClass chooses among the classes with main: the only one, or the one with the name that the ICPC format
// prescribes. If there is none it returns that name: main may be inherited, or the run reports that it is missing.
func mainClass(classes []string, usual string) (string, error) {
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
	return "", faultf(FaultyEntry, "several classes with main (%s): rename the one to start to %s", list, usual)
}

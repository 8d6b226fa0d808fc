package read

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge/languages"
)

// sources knows from names which files can be submissions.
type sources struct {
	decide  map[string]bool // extensions that decide for a language
	header  map[string]bool // extensions of files that are part of a program, but none by themselves
	starts  map[string]bool // extensions of languages in which a file named main starts a program of several files
	foreign map[string]bool // extensions of files that are no submissions
}

func sourcesOf(table *languages.Table) sources {
	s := sources{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, language := range table.All() {
		for _, ext := range language.Extensions {
			s.decide[strings.ToLower(ext)] = true
			if language.EntryPoint != languages.NoEntry {
				s.starts[strings.ToLower(ext)] = true
			}
		}
	}
	for _, ext := range strings.Fields(".h .hh .hpp .hxx .h++ .inl .tpp .inc") {
		s.header[ext] = !s.decide[ext]
	}
	for _, ext := range strings.Fields(".o .obj .exe .class .pyc .jar .so .a .in .out .ans .log .bak .swp .orig .md " +
		".html .json .yaml .yml .csv .pdf .png .jpg .jpeg .gif .judge .judge-wal .judge-shm .lock") {
		s.foreign[ext] = !s.decide[ext]
	}
	return s
}

func extension(name string) string { return strings.ToLower(filepath.Ext(name)) }

// isSource reports whether a file's name says that it is in a language of the table, or an archive of a program or of
// outputs.
func (s sources) isSource(name string) bool {
	return s.decide[extension(name)] || extension(name) == ".zip"
}

// isHeader reports whether a file is part of a program, but none by itself.
func (s sources) isHeader(name string) bool { return s.header[extension(name)] }

// startsSeveral reports whether a file starts a program of several files, by the rules of its language.
func (s sources) startsSeveral(name string) bool {
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	return s.starts[extension(name)] && strings.EqualFold(stem, "main")
}

// isForeign reports whether a name is clearly not that of a submission.
func (s sources) isForeign(name string) bool {
	plain := strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
	if slices.Contains([]string{".txt", ".md", "", ".pdf", ".html", ".rst"}, extension(name)) &&
		slices.Contains([]string{
			"readme", "license", "licence", "makefile", "notes", "copying", "changelog", "authors",
		}, plain) {
		return true
	}
	return s.foreign[extension(name)] || strings.HasSuffix(name, "~") || slices.Contains([]string{
		"Thumbs.db", "desktop.ini", "__MACOSX", "__pycache__", "node_modules", "a.out",
	}, name)
}

// hasSource reports whether a file of the contest, or one in a directory, is in a language of the table.
func (r *reader) hasSource(found entry) bool {
	if !found.isDir() {
		return r.sources.isSource(found.name) || found.isRegular() && r.interpreted(found.path)
	}
	dir, err := r.root.OpenDir(found.path)
	if err != nil {
		return false
	}
	defer dir.Close()
	const most = 1000
	names, _ := dir.Readdirnames(most) //nolint:errcheck // the names that could be read are enough
	return slices.ContainsFunc(names, r.sources.isSource)
}

// interpreted reports whether a file begins with the name of its interpreter.
func (r *reader) interpreted(name string) bool {
	file, err := r.root.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	const most = 200
	data, err := io.ReadAll(io.LimitReader(file, most))
	return err == nil && languages.Interpreter(data) != ""
}

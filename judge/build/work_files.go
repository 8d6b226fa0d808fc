package build

import (
	"slices"
	"strings"

	"judge/isolate"
	"judge/judge/languages"
)

// RunFiles returns the files of a program for its working directory, except those that collide with the names needed.
func RunFiles(plan languages.Plan, needed ...string) []isolate.File {
	files := make([]isolate.File, len(plan.Work))
	for i, f := range plan.Work {
		files[i] = isolate.File{Name: f.Name, Data: f.Data, Link: f.Link}
	}
	return LayOver(files, needed...)
}

// LayOver returns the files that do not collide with the names: none of them has such a name, is a directory of
// one, or lies below one.
func LayOver(files []isolate.File, names ...string) []isolate.File {
	clash := func(a, b string) bool {
		return a == b || strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
	}
	return slices.DeleteFunc(slices.Clone(files), func(f isolate.File) bool {
		return slices.ContainsFunc(names, func(name string) bool { return clash(f.Name, name) })
	})
}

// NamesOfFiles returns the files' names.
func NamesOfFiles(files []isolate.File) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return names
}

// JailFiles converts a language's files to those of a jail.
func JailFiles(files []languages.File) []isolate.File {
	put := make([]isolate.File, len(files))
	for i, f := range files {
		put[i] = isolate.File{Name: f.Name, Data: f.Data, Executable: f.Executable}
	}
	return put
}

package languages

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"judge/problems/strictyaml"
)

// Reading large headers takes most of the compile time of a short program. gcc can save the result as a
// precompiled header (see the chapter of that name in its manual). It looks for HEADER.gch in each include
// directory before HEADER, and uses it only if the product stays the same: the flags must be equal, and nothing
// that affects the header may come before the #include.

// Header is a header that sources include, and how to compile it.
type Header struct {
	Name string // as in the #include
	// Plan compiles the header. It depends only on the language's command, not on the submission. The product
	// belongs in the include directory of the header: a file with its base name and .gch, and one with its base
	// name and Dependencies, which lists the source files in the format of make.
	Plan Plan
}

// Dependencies is the suffix of the file that lists the sources of a precompiled header.
const Dependencies = ".d"

// Dir returns the directory of the header, relative to the include directory.
func (h Header) Dir() string { return path.Dir(h.Name) }

// header returns the header of the language if the sources mention it, nil otherwise. It is harmless if they do
// not include it after all, or in a way that gcc cannot use.
func (l Language) header(p Plan, limits Limits) *Header {
	mentions := func(f File) bool { return bytes.Contains(f.Data, []byte(l.Precompiled)) }
	if l.Precompiled == "" || !slices.ContainsFunc(p.Files, mentions) {
		return nil
	}
	const stub = "header.h"
	base := "out/" + path.Base(l.Precompiled)
	command := headerCommand(l.Compile, base+".gch")
	if command == nil {
		return nil
	}
	command = append(command, "-MD", "-MF", base+Dependencies)
	return &Header{l.Precompiled, Plan{
		Language: l.ID, Product: Compiled,
		Files:      []File{{Name: stub, Data: []byte("#include <" + l.Precompiled + ">\n")}},
		Compile:    expand(command, []string{stub}, "", limits.CompilationMemory, l.Reserve),
		CompileEnv: p.CompileEnv, CompileSees: p.CompileSees, CompileProcesses: p.CompileProcesses,
	}}
}

// headerCommand turns a command that compiles sources into one that compiles a header; nil if the command has no -x or
// no -o.
func headerCommand(compile []string, product string) []string {
	command := slices.Clone(compile)
	language, output := slices.Index(command, "-x")+1, slices.Index(command, "-o")+1
	if language == 0 || output == 0 || max(language, output) == len(command) {
		return nil
	}
	command[language] += "-header"
	command[output] = product
	return command
}

// readPrecompiled reads the name of a header.
func (r *reader) readPrecompiled(l *Language, n *strictyaml.Node) (err error) {
	if l.Precompiled, err = n.Text(); err != nil || l.Precompiled == "" {
		return err
	}
	name := l.Precompiled
	if path.IsAbs(name) || path.Clean(name) != name || strings.HasPrefix(name, "..") ||
		strings.ContainsAny(name, "<>\"\n") {
		return n.Fault(strictyaml.Quote(name)+" is not a header name for #include", "write it as bits/stdc++.h")
	}
	return nil
}

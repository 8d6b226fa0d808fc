package languages

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"judge/problems/strictyaml"
)

// Reading big headers is most of the work of compiling a short program, and gcc can keep what it has read: a precompiled header,
// see the chapter of that name in its manual. It looks for HEADER.gch in each directory of includes before it looks for
// HEADER, and takes it only where that cannot change what it makes: the flags must be the same, and nothing may stand before
// the #include that matters to the header.

// Header is a header that some sources include, and how it is compiled.
type Header struct {
	Name string // as it stands in the #include
	// Plan compiles it. It depends on the language's command alone, on nothing of the submission. The product is for the directory of
	// includes in which the header would be: a file of its base name and .gch, and one of its base name and Dependencies, which lists the
	// files that it was made of, as make has it.
	Plan Plan
}

// Dependencies ends the name of the file that lists what a precompiled header was made of.
const Dependencies = ".d"

// Dir is the directory of the header beneath the directory of includes.
func (h Header) Dir() string { return path.Dir(h.Name) }

// header returns the language's header if the sources mention it. That they do not include it after all, or not in a way in
// which gcc can use it, does no harm.
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

// headerCommand turns a command that compiles sources into one that compiles a header; nil if it has not the words for it.
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
	if path.IsAbs(name) || path.Clean(name) != name || strings.HasPrefix(name, "..") || strings.ContainsAny(name, "<>\"\n") {
		return n.Fault(strictyaml.Quote(name)+" is not a header as an #include names it", "write it as bits/stdc++.h")
	}
	return nil
}

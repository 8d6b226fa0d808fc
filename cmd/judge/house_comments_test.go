package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// TestExportedNamesHaveComments: whoever uses a name of another package reads its comment, not its code. The comment of a
// function, a method and a type starts with the name; constants and variables may share one.
func TestExportedNamesHaveComments(t *testing.T) {
	for _, p := range packages(t) {
		if aside(p) {
			continue
		}
		for _, f := range p.parse(t) {
			for _, declaration := range f.File.Decls {
				for _, fault := range uncommented(declaration) {
					t.Errorf("%s:%d: %s", f.Place, f.line(declaration), fault)
				}
			}
		}
	}
}

// uncommented returns what is wrong with the comments of a declaration.
func uncommented(declaration ast.Decl) []string {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		return startsWith(d.Doc, d.Name)
	case *ast.GenDecl:
		var all []string
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				doc := s.Doc
				if doc == nil {
					doc = d.Doc
				}
				all = append(all, startsWith(doc, s.Name)...)
			case *ast.ValueSpec:
				all = append(all, says(s, d)...)
			}
		}
		return all
	}
	return nil
}

// startsWith checks the comment of a function, method or type. "A Name" and "An Name" are fine, as in Go's own packages.
func startsWith(doc *ast.CommentGroup, name *ast.Ident) []string {
	if !name.IsExported() {
		return nil
	}
	text := doc.Text() // without the lines for tools
	if text == "" {
		return []string{name.Name + " has no doc comment"}
	}
	words := strings.Fields(text)
	if words[0] == "A" || words[0] == "An" || words[0] == "Deprecated:" {
		words = words[1:]
	}
	if len(words) == 0 || strings.TrimRight(words[0], ",.:;") != name.Name && !strings.HasPrefix(words[0], name.Name+"'") {
		return []string{fmt.Sprintf("the comment of %s starts with %q, expected the name", name.Name, words[0])}
	}
	return nil
}

// says checks that constants or variables have a comment above, behind, or above their group.
func says(s *ast.ValueSpec, group *ast.GenDecl) []string {
	if s.Doc.Text() != "" || s.Comment.Text() != "" || group.Doc.Text() != "" {
		return nil
	}
	var all []string
	for _, name := range s.Names {
		if name.IsExported() {
			all = append(all, fmt.Sprintf("the %s %s has no comment", kindOf(group.Tok), name.Name))
		}
	}
	return all
}

func kindOf(declared token.Token) string {
	if declared == token.CONST {
		return "constant"
	}
	return "variable"
}

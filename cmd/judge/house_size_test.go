package main

import (
	"bytes"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	maxFiles    = 20  // of a folder; one with more has two subjects
	maxLines    = 500 // of a file; a longer one has two subjects
	maxFunction = 60  // lines; a table in a function counts too
	maxColumns  = 120 // of a line
	tabWidth    = 4
)

// TestFoldersHoldFewFiles counts the Go files of a folder without its tests. In cmd/judge a file that defines a command does
// not count: there are as many of those as commands.
func TestFoldersHoldFewFiles(t *testing.T) {
	for _, p := range packages(t) {
		if aside(p) {
			continue
		}
		n := 0
		for _, f := range p.parse(t) {
			if p.ImportPath != "judge/cmd/judge" || !definesCommand(f.File) {
				n++
			}
		}
		if n > maxFiles {
			t.Errorf("%s has %d files, expected at most %d: move a subject to a package of its own", p.ImportPath, n, maxFiles)
		}
	}
}

// aside reports whether a package is material for the judge and no part of it.
func aside(p pkg) bool {
	parts := strings.Split(p.ImportPath, "/")
	return slices.Contains(parts, "testdata") || slices.Contains(parts, "examples")
}

// definesCommand reports whether a function of the file returns a *cli.Command that it writes out.
func definesCommand(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		result, ok := n.(*ast.ReturnStmt)
		if !ok || len(result.Results) != 1 {
			return true
		}
		address, ok := result.Results[0].(*ast.UnaryExpr)
		if !ok {
			return true
		}
		if literal, ok := address.X.(*ast.CompositeLit); ok {
			if s, ok := literal.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Command" {
				found = true
			}
		}
		return true
	})
	return found
}

// TestFunctionsFitAScreen: a function that does not fit does more than one thing.
func TestFunctionsFitAScreen(t *testing.T) {
	for _, p := range packages(t) {
		for _, f := range p.parse(t) {
			for _, declaration := range f.File.Decls {
				function, ok := declaration.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if n := f.Lines.Position(function.End()).Line - f.line(function) + 1; n > maxFunction {
					t.Errorf("%s:%d: %s has %d lines, expected at most %d",
						f.Place, f.line(function), function.Name.Name, n, maxFunction)
				}
			}
		}
	}
}

// TestFilesHaveOneSubject: a file is short, and its name says what it is about.
func TestFilesHaveOneSubject(t *testing.T) {
	vague := []string{"common", "helpers", "misc", "types", "util", "utils"}
	for _, p := range packages(t) {
		for _, name := range p.sources() {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(source, []byte("\n")); n > maxLines {
				t.Errorf("%s has %d lines, expected at most %d", p.place(name), n, maxLines)
			}
			if slices.Contains(vague, strings.TrimSuffix(name, filepath.Ext(name))) {
				t.Errorf("%s: expected a name that says what the file is about", p.place(name))
			}
		}
	}
}

// TestLinesFitAScreen: Go and C alike, without tests.
func TestLinesFitAScreen(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.sources() {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(source), "\n") {
				if n := columns(line); n > maxColumns {
					t.Errorf("%s:%d has %d columns, expected at most %d", p.place(name), i+1, n, maxColumns)
				}
			}
		}
	}
}

func columns(line string) int {
	return utf8.RuneCountInString(line) + strings.Count(line, "\t")*(tabWidth-1)
}

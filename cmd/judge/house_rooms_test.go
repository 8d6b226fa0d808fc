package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// arrowsOfTheEngine are the rooms of judge/ and those that each may import. docs/ARCHITECTURE.md has the picture.
func arrowsOfTheEngine() map[string][]string {
	return map[string][]string{
		"judge": {"build", "cache", "cores", "decide", "kinds", "languages", "once", "report"}, // the spine
		"kinds": {"build", "decide", "languages", "report"},
		"build": {"cache", "languages", "languages/python2", "report"},
		"cache": {"languages", "report"},
		"cores": {"cache", "speed"},

		"decide": {"report"},

		"languages": nil,
		"once":      nil,
		"report":    nil,
		"speed":     nil,

		"calibrate":          {"report"},
		"doctor":             {"report"},
		"generate":           {"build", "cache", "judge", "report"},
		"generate/stress":    {"build", "generate", "judge", "languages", "report"},
		"verify":             {"calibrate", "generate", "judge", "languages", "report", "languages/python2"},
		"verify/annotations": {"verify"},
		"languages/python2":  {"languages"},
		"verify/baseline":    {"verify"},
		"verify/codequality": {"verify", "verify/annotations", "verify/sarif"},
		"verify/sarif":       {"verify", "verify/annotations"},
		"verify/shard":       {"verify"},

		"contest":        {"report"},
		"contest/clics":  {"contest", "contest/score", "report"},
		"contest/grade":  {"contest", "contest/output", "contest/read", "contest/score", "contest/store", "generate", "judge", "languages", "report"},
		"contest/output": {"contest", "contest/score", "report"},
		"contest/page":   {"contest", "contest/score", "report"},
		"contest/read":   {"contest", "contest/clics", "languages", "report"},
		"contest/score":  {"contest", "report"},
		"contest/store":  {"contest", "report"},
	}
}

// TestRoomsOfTheEnginePointOneWay: each package below judge/ imports those of its row and no other.
func TestRoomsOfTheEnginePointOneWay(t *testing.T) {
	room := func(importPath string) string { return strings.TrimPrefix(importPath, "judge/judge/") }
	name := func(importPath string) string {
		if importPath == "judge/judge" {
			return "judge"
		}
		return room(importPath)
	}
	arrows, seen := arrowsOfTheEngine(), map[string]bool{}
	for _, p := range packages(t) {
		if top(p.ImportPath) != "judge/judge" {
			continue
		}
		from := name(p.ImportPath)
		may, known := arrows[from]
		seen[from] = true
		if !known {
			t.Errorf("the room %s is not in the picture: expected a row in arrowsOfTheEngine", from)
		}
		for _, imported := range p.Imports {
			if top(imported) == "judge/judge" && !slices.Contains(may, name(imported)) {
				t.Errorf("%s imports %s: expected only %v", from, name(imported), may)
			}
		}
	}
	for from := range arrows {
		if !seen[from] {
			t.Errorf("there is no room %s", from)
		}
	}
}

// TestDecisionsArePure: what decides starts no process and opens no file. Neither does what computes scoreboards.
func TestDecisionsArePure(t *testing.T) {
	rooms := map[string][]string{
		"judge/judge/decide":        {"judge/checkers", "judge/isolate", "judge/judge/report", "judge/problems"},
		"judge/judge/contest/score": {"judge/judge/contest", "judge/judge/report", "judge/problems"},
	}
	for _, p := range packages(t) {
		allowed, pure := rooms[p.ImportPath]
		if !pure {
			continue
		}
		for _, imported := range p.Imports {
			impure := slices.Contains([]string{"context", "io", "io/fs", "net", "os", "os/exec", "syscall"}, imported)
			foreign := strings.Contains(imported, "judge/") && !slices.Contains(allowed, imported)
			if impure || foreign || strings.HasPrefix(imported, "golang.org/x/sys") {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// TestTheSpineNamesNoFormat: how formats differ is known to their readers and to kinds. Comments may cite a format.
func TestTheSpineNamesNoFormat(t *testing.T) {
	format := regexp.MustCompile(`(?i)icpc|kattis|polygon|dmoj|domjudge|coci|testlib|bapc|\bcms\b|\bpeg\b`)
	for _, p := range packages(t) {
		if p.ImportPath != "judge/judge" {
			continue
		}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				text := ""
				switch n := n.(type) {
				case *ast.Ident:
					text = n.Name
				case *ast.BasicLit: // imports, too
					text = n.Value
				}
				if format.MatchString(text) {
					t.Errorf("%s names a format: %s", name, text)
				}
				return true
			})
		}
	}
}

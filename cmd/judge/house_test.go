package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath, Dir  string
	Imports, GoFiles []string
	CgoFiles, CFiles []string
	HFiles           []string
}

// goFiles are the package's own Go files, without its tests.
func (p pkg) goFiles() []string { return slices.Concat(p.GoFiles, p.CgoFiles) }

// sources are the Go and C files of the package, without its tests.
func (p pkg) sources() []string { return slices.Concat(p.GoFiles, p.CgoFiles, p.CFiles, p.HFiles) }

// place is how a failure names a file of the package.
func (p pkg) place(name string) string {
	return strings.TrimPrefix(p.ImportPath, "judge/") + "/" + name
}

// parsed is a Go file of the tree.
type parsed struct {
	Place string // the path from the root of the repository
	File  *ast.File
	Lines *token.FileSet
}

// line is where a node begins.
func (p parsed) line(n ast.Node) int { return p.Lines.Position(n.Pos()).Line }

// parse reads all Go files of the package but its tests.
func (p pkg) parse(t *testing.T) (all []parsed) {
	t.Helper()
	for _, name := range p.goFiles() {
		lines := token.NewFileSet()
		file, err := parser.ParseFile(lines, filepath.Join(p.Dir, name), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, parsed{p.place(name), file, lines})
	}
	return all
}

func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.Command("go", "list", "-json", "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	// Whoever publishes the module gives it another path (make module); the rules are written with this one.
	module, err := exec.Command("go", "list", "-m").Output()
	if err != nil {
		t.Fatalf("go list -m: %v", err)
	}
	out = bytes.ReplaceAll(out, append([]byte(`"`), append(bytes.TrimSpace(module), '/')...), []byte(`"judge/`))
	var all []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestImportsPointOneWay: cmd -> judge -> {problems, checkers, isolate}, and none of the last three into another.
func TestImportsPointOneWay(t *testing.T) {
	may := map[string][]string{
		"judge/cmd":      {"judge/cmd", "judge/judge", "judge/problems", "judge/isolate"},
		"judge/judge":    {"judge/judge", "judge/problems", "judge/checkers", "judge/isolate"},
		"judge/problems": {"judge/problems"},
		"judge/checkers": {"judge/checkers"},
		"judge/isolate":  {"judge/isolate"},
	}
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "judge/") && !within(imported, may[top(p.ImportPath)]) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

func top(importPath string) string {
	parts := strings.Split(importPath, "/")
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func within(importPath string, tops []string) bool {
	for _, allowed := range tops {
		if importPath == allowed || strings.HasPrefix(importPath, allowed+"/") {
			return true
		}
	}
	return false
}

// TestTheJailKnowsNothingOfContests looks for the field's words in package isolate.
func TestTheJailKnowsNothingOfContests(t *testing.T) {
	for _, p := range packages(t) {
		if top(p.ImportPath) != "judge/isolate" {
			continue
		}
		for _, name := range append(p.GoFiles, p.CFiles...) {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"verdict", "contestant", "checker", "score", "test case"} {
				if bytes.Contains(bytes.ToLower(source), []byte(word)) {
					t.Errorf("%s/%s says %q", p.ImportPath, name, word)
				}
			}
		}
	}
}

// TestNothingHappensBeforeMain: no init, and no package-level state but errors, tables and compiled patterns.
func TestNothingHappensBeforeMain(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range append(p.GoFiles, p.CgoFiles...) {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, declaration := range file.Decls {
				switch d := declaration.(type) {
				case *ast.FuncDecl:
					if d.Recv == nil && d.Name.Name == "init" {
						t.Errorf("%s/%s has an init", p.ImportPath, name)
					}
				case *ast.GenDecl:
					if d.Tok == token.VAR && !strings.HasPrefix(directives(d.Doc), "//go:embed") {
						for _, spec := range d.Specs {
							checkVariable(t, p.ImportPath+"/"+name, spec.(*ast.ValueSpec))
						}
					}
				}
			}
		}
	}
}

// directives are the lines of a comment that speak to tools.
func directives(doc *ast.CommentGroup) string {
	var all []string
	if doc != nil {
		for _, line := range doc.List {
			if strings.HasPrefix(line.Text, "//go:") {
				all = append(all, line.Text)
			}
		}
	}
	return strings.Join(all, "\n")
}

// checkVariable lets pass what is a table by its form: a value, and one that nothing in the form of it invites to change.
func checkVariable(t *testing.T, file string, spec *ast.ValueSpec) {
	t.Helper()
	for i, name := range spec.Names {
		if name.Name == "_" || file+" "+name.Name == "judge/judge/report/build.go release" { // the linker sets it, nothing else
			continue
		}
		if len(spec.Values) <= i {
			t.Errorf("%s: the variable %s has no value: is it state?", file, name.Name)
			continue
		}
		switch spec.Values[i].(type) {
		case *ast.CompositeLit, *ast.CallExpr: // a table, errors.New, regexp.MustCompile
		default:
			t.Errorf("%s: the variable %s is neither a table nor an error: is it state?", file, name.Name)
		}
	}
}

// TestOutputGoesThroughTheGuard: only main knows the real stdout and stderr, and only the command in a jail writes to
// them; all else is behind the guard of package text. JSON for people has one encoder.
func TestOutputGoesThroughTheGuard(t *testing.T) {
	allowed := map[string][]string{
		"os.Stdout": {"cmd/judge/main.go"}, "os.Stderr": {"cmd/judge/main.go", "isolate/jailer/enter.go"},
		"raw.Stdout":      {"cmd/judge/app.go", "cmd/judge/jail.go", "cmd/judge/show.go", "cmd/judge/try.go"},
		"raw.Stderr":      {"cmd/judge/app.go", "cmd/judge/jail.go"},
		"json.NewEncoder": {"problems/text/json.go", "judge/cache/key.go", "judge/cache/files.go"}, // the others make keys
		"text.Commands":   {"cmd/judge/outputs/outputs.go"},
	}
	for _, p := range packages(t) {
		if p.ImportPath == "judge/cmd/bench" {
			continue
		}
		for _, name := range append(p.GoFiles, p.CgoFiles...) {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			place := strings.TrimPrefix(p.ImportPath, "judge/") + "/" + name
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok {
						used := x.Name + "." + s.Sel.Name
						if places, known := allowed[used]; known && !slices.Contains(places, place) {
							t.Errorf("%s uses %s", place, used)
						}
					}
				}
				return true
			})
		}
	}
}

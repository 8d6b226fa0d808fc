package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestQuickCallsHaveKnownCallers: a call of package quick must not wait. Whether it does depends on the descriptor, so every
// file that makes one is listed here after its author has read the function's SAFETY line.
func TestQuickCallsHaveKnownCallers(t *testing.T) {
	permitted := map[string][]string{
		"isolate/cgroup/files.go":   {"Close", "Pread", "Pwrite", "Uninterrupted"},
		"isolate/cgroup/tree.go":    {"Uninterrupted"},
		"isolate/jailer/jail.go":    {"Close", "Kill", "Readable"},
		"isolate/jailer/jailer.go":  {"Close"},
		"isolate/jailer/network.go": {"Pread"},
		"isolate/jailer/socket.go":  {"Close", "Receive", "Send", "SocketPair"},
		"isolate/poller.go":         {"Forget", "Ready", "Watch"},
		"isolate/refusals.go":       {"ErrCut"},
		"isolate/root/stage.go":     {"Uninterrupted"},
		"isolate/stdin.go":          {"Close", "Open", "Uninterrupted"},
		"isolate/streams.go":        {"Chown", "Close", "DoNotWait", "Pending", "Pipe", "Read"},
	}
	for _, p := range packages(t) {
		if !slices.Contains(p.Imports, "judge/isolate/quick") {
			continue
		}
		for _, name := range append(p.GoFiles, p.CgoFiles...) {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			place := strings.TrimPrefix(p.ImportPath, "judge/") + "/" + name
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "quick" && !slices.Contains(permitted[place], s.Sel.Name) {
					t.Errorf("%s uses quick.%s, but is not listed here", place, s.Sel.Name)
				}
				return true
			})
		}
	}
}

// TestJailImportsPointOneWay: isolate -> {cgroup, threads, root} -> {jailer, quick, lack, size}.
func TestJailImportsPointOneWay(t *testing.T) {
	may := map[string][]string{
		"":        {"cgroup", "jailer", "lack", "quick", "root", "seccomp", "size", "threads"},
		"cgroup":  {"jailer", "lack", "quick", "size"},
		"jailer":  {"quick"},
		"lack":    {},
		"quick":   {},
		"root":    {"jailer", "lack", "quick", "size"},
		"seccomp": {},
		"size":    {},
		"threads": {},
	}
	const top = "judge/isolate"
	for _, p := range packages(t) {
		room, inside := strings.CutPrefix(p.ImportPath, top)
		if !inside {
			continue
		}
		allowed, known := may[strings.TrimPrefix(room, "/")]
		if !known {
			t.Errorf("%s is not listed here", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if name, own := strings.CutPrefix(imported, top+"/"); own && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

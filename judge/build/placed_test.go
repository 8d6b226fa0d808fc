package build

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/judge/languages"
	"judge/problems"
)

// write creates a directory of files.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestHeadersArePlaced(t *testing.T) {
	outside := write(t, map[string]string{"secret.h": "secret"})
	dir := write(t, map[string]string{
		"lib/a.h": "#include \"b.h\"\n#include \"../gen/own.h\"\n", "lib/b.h": "#include \"b.h\"\n", "gen/own.h": "",
		"gen/link.h/x": "",
	})
	if err := os.Symlink(filepath.Join(outside, "secret.h"), filepath.Join(dir, "out.h")); err != nil {
		t.Fatal(err)
	}
	headers := &problems.Headers{
		Files: []problems.File{{Name: "params.h", Data: []byte("params")}, {Name: "common/random.h", Data: []byte("random")}},
		Dirs:  []string{"common"},
	}
	for _, row := range []struct {
		name, source string
		headers      *problems.Headers
		want, flags  string
		fault        bool
	}{
		{"gen/x.cpp", "#include \"../params.h\"\n", headers, "gen/x.cpp params.h", "-Icommon", false},
		{"gen/x.cpp", "#include \"random.h\"\n", headers, "gen/x.cpp common/random.h", "-Icommon", false},
		{"gen/x.cpp", "#include \"../lib/a.h\"\n", headers, "gen/x.cpp lib/a.h lib/b.h gen/own.h", "-Icommon", false},
		{"gen/x.cpp", "#include \"none.h\"\n#include \"../params.h\"\n", headers, "gen/x.cpp params.h", "-Icommon", false},
		{"gen/x.cpp", "#include \"../../secret.h\"\n#include \"link.h\"\n", headers, "x.cpp", "", false},
		{"gen/x.cpp", "#include \"../params.h\"\n", nil, "x.cpp", "", false},
		{"gen/x.cpp", "int main() {}\n", headers, "x.cpp", "", false},
		{"gen/x.py", "#include \"../params.h\"\n", headers, "x.py", "", false},
		{"../x.cpp", "#include \"../params.h\"\n", headers, "x.cpp", "", false},
		{"gen/x.cpp", "#include \"../out.h\"\n", headers, "", "", true},
	} {
		files := languages.Sources{Files: []languages.File{{Name: filepath.Base(row.name), Data: []byte(row.source)}}}
		p := &problems.Problem{Dir: dir, Headers: row.headers}
		got, flags, err := withPlaced(p, filepath.Join(dir, row.name), files)
		if (err != nil) != row.fault {
			t.Errorf("%s, %q: got the error %v", row.name, row.source, err)
		}
		var names []string
		for _, f := range got.Files {
			names = append(names, f.Name)
		}
		if !row.fault && (strings.Join(names, " ") != row.want || strings.Join(flags, " ") != row.flags) {
			t.Errorf("%s, %q: got %q with %q, expected %s with %s", row.name, row.source, names, flags, row.want, row.flags)
		}
	}
}

// TestPlacedHeadersAreBounded: each of many headers includes the next one.
func TestPlacedHeadersAreBounded(t *testing.T) {
	files := map[string]string{}
	for i := range mostPlaced + 10 {
		files[fmt.Sprintf("h/%d.h", i)] = fmt.Sprintf("#include \"%d.h\"\n", i+1)
	}
	dir := write(t, files)
	source := languages.Sources{Files: []languages.File{{Name: "x.cpp", Data: []byte("#include \"h/0.h\"\n")}}}
	p := &problems.Problem{Dir: dir, Headers: &problems.Headers{}}
	if _, _, err := withPlaced(p, filepath.Join(dir, "x.cpp"), source); err == nil {
		t.Error("expected an error")
	}
	if names := slices.Clone(source.Files); len(names) != 1 {
		t.Errorf("got %d files, expected that the caller's sources stay", len(names))
	}
}

package languages

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakeTool makes an executable that says its version, and returns its path.
func fakeTool(t *testing.T, says string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho '"+says+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPlanFillsInTheTemplates(t *testing.T) {
	tool := fakeTool(t, "tool 1.2")
	table := mustLoad(t, `languages:
  x:
    name: X
    extensions: [.x]
    entry: file
    compile: [`+tool+`, '-m{heap_mib}', -o, out/main, '{files}', -lm]
    compile_env: {HOME: /box, DEBUG: '1'}
    compile_processes: 9
    run: [/prog/main, '-M{memory_mib}', '-e{entry}']
    processes: 7
    reserve: 96
    version: [`+tool+`]
`)
	l, _ := table.Lookup("x")
	p, err := l.Plan(submission("a.x", "", "main.x", "", "z.x", "", "notes.txt", ""), Limits{Memory: 256 << 20, CompilationMemory: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{tool, "-m928", "-o", "out/main", "a.x", "z.x", "main.x", "-lm"}; !slices.Equal(p.Compile, want) {
		t.Errorf("compile is %q, want %q", p.Compile, want)
	}
	if want := []string{"/prog/main", "-M256", "-emain.x"}; !slices.Equal(p.Run, want) {
		t.Errorf("run is %q, want %q", p.Run, want)
	}
	if want := []string{"LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=/box", "DEBUG=1"}; !slices.Equal(p.CompileEnv, want) {
		t.Errorf("compile environment is %q, want %q", p.CompileEnv, want)
	}
	if want := []string{"HOME=/tmp", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"}; !slices.Equal(p.RunEnv, want) {
		t.Errorf("run environment is %q, want %q", p.RunEnv, want)
	}
	if p.Entry != "main.x" || p.Processes != 7 || p.CompileProcesses != 9 || p.Product != Compiled || p.Language != "x" || len(p.Files) != 4 {
		t.Errorf("plan is %+v", p)
	}
	if !slices.Equal(p.CompileSees, []string{tool}) || p.RunSees != nil {
		t.Errorf("compile sees %q, run sees %q", p.CompileSees, p.RunSees)
	}
}

func TestAFileNameIsNeverExpandedAgain(t *testing.T) {
	got := expand([]string{"/prog/x", "{files}", "{entry}"}, []string{"{entry}.py"}, "{memory_mib}", 1<<20, 0)
	if want := []string{"/prog/x", "{entry}.py", "{memory_mib}"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHeapLeavesRoomForTheRuntimeButNeverLessThanHalf(t *testing.T) {
	for _, test := range []struct {
		memory int64
		want   string
	}{{2048, "1952"}, {256, "160"}, {192, "96"}, {128, "64"}, {64, "32"}, {1, "1"}} {
		got := expand([]string{"/prog/x", "{heap_mib}"}, nil, "", test.memory<<20, 96)[1]
		if got != test.want {
			t.Errorf("of %d MiB the heap gets %s, want %s", test.memory, got, test.want)
		}
	}
}

func TestSeesExpandsGlobsAndKeepsOptionalPaths(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"lib-1", "lib-2"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	l := Language{ID: "x", Package: "x-tools"}
	got, err := l.sees(nil, []string{dir + "/lib-*", dir + "/lib-1", dir + "/none-*?", dir + "/none?"})
	if want := []string{dir + "/lib-1", dir + "/lib-2", dir + "/none?"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if _, err := l.sees(nil, []string{dir + "/none-*"}); err == nil || !strings.Contains(err.Error(), "layout is unknown: there is no "+dir+"/none-*") {
		t.Errorf("a glob that matches nothing: got %v", err)
	}
}

func TestMissingCompilerNamesItsPackage(t *testing.T) {
	l := Language{ID: "x", Name: "X", Package: "x-tools", Compile: []string{"no-such-compiler"}, Run: []string{"/prog/main"},
		VersionCommand: []string{"no-such-compiler", "--version"}}
	if got := l.Missing(); !slices.Equal(got, []string{"no-such-compiler"}) {
		t.Errorf("missing is %q", got)
	}
	_, planErr := l.Plan(submission("a.x", ""), Limits{})
	_, versionErr := l.Version(t.Context())
	for _, err := range []error{planErr, versionErr} {
		if err == nil || !strings.Contains(err.Error(), "language x: no-such-compiler is not installed: apt-get install x-tools") {
			t.Errorf("got %v", err)
		}
	}
}

func TestCommandsAreNotLookedUpInPATH(t *testing.T) {
	tool := fakeTool(t, "")
	t.Setenv("PATH", filepath.Dir(tool))
	if path, ok := find("tool"); ok {
		t.Errorf("found %s", path)
	}
	if path, ok := find("sh"); !ok || !filepath.IsAbs(path) {
		t.Errorf("sh is %q, %v", path, ok)
	}
	if _, ok := find("../bin/sh"); ok {
		t.Error("a relative path was taken")
	}
}

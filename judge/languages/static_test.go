package languages

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakeCompiler makes a compiler whose libraries are in these directories.
func fakeCompiler(t *testing.T, dirs ...string) string {
	t.Helper()
	return fakeTool(t, "install: /\nlibraries: ="+strings.Join(dirs, ":"))
}

func TestStaticLinkingNeedsTheLibraries(t *testing.T) {
	with, without := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(with, "libc.a"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		compiler string
		kind     string
		compile  []string
		runSees  []string
	}{
		"in the second directory": {fakeCompiler(t, without, with), StaticLinking, []string{"-a", "-b", "main.x"}, nil},
		"nowhere":                 {fakeCompiler(t, without), DynamicLinking, []string{"main.x"}, []string{"/usr"}},
		"a compiler that says nothing of directories": {fakeTool(t, "hello"), DynamicLinking, []string{"main.x"}, []string{"/usr"}},
		"no compiler": {"/none/gcc", DynamicLinking, []string{"main.x"}, []string{"/usr"}},
	} {
		t.Run(name, func(t *testing.T) {
			tool := fakeTool(t, "1")
			table := mustLoad(t, `groups: {all: [/usr]}
languages:
  x:
    name: X
    extensions: [.x]
    compile: [`+tool+`, '{static}', '{files}']
    static: {words: [-a, -b], compiler: `+test.compiler+`, libraries: [libc.a], otherwise_sees: [all]}
    run: [/prog/main]
    version: [`+tool+`]
`)
			l, _ := table.Lookup("x")
			p, err := l.Plan(submission("x.x", ""), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if p.Linking.Kind != test.kind || !slices.Equal(p.Compile[1:], test.compile) || !slices.Equal(p.RunSees, test.runSees) {
				t.Errorf("got %+v, compile %q, run sees %q", p.Linking, p.Compile, p.RunSees)
			}
			if lacks := []string{"libc.a"}; test.kind == DynamicLinking && !slices.Equal(p.Linking.Lacks, lacks) {
				t.Errorf("lacks %q, expected %q", p.Linking.Lacks, lacks)
			}
			if again, _ := table.Lookup("x"); !slices.Contains(again.Compile, staticWord) {
				t.Errorf("the plan has changed the table: %q", again.Compile)
			}
		})
	}
}

func TestPrecompiledHeaderIsLinkedLikeTheProgram(t *testing.T) {
	l, _ := mustLoad(t, "").Lookup("cpp")
	l.Static.Compiler = fakeCompiler(t, t.TempDir())
	l.Compile[0] = fakeTool(t, "1")
	l.VersionCommand = l.Compile[:1]
	p, err := l.Plan(submission("x.cpp", "#include <bits/stdc++.h>\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if all := slices.Concat(p.Compile, p.Header.Plan.Compile); slices.Contains(all, "-static") || slices.Contains(all, staticWord) {
		t.Errorf("compile %q, header %q", p.Compile, p.Header.Plan.Compile)
	}
}

func TestFirstExistingAlternativeIsSeen(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"lib64", "lib-1", "lib-2"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string][]string{
		dir + "/x-*|" + dir + "/lib64":    {dir + "/lib64"},
		dir + "/lib-*|" + dir + "/lib64":  {dir + "/lib-1", dir + "/lib-2"},
		dir + "/none|" + dir + "/lib-*":   {dir + "/lib-1", dir + "/lib-2"},
		dir + "/lib64|" + dir + "/lib-*?": {dir + "/lib64"},
		dir + "/none|" + dir + "/x-*?":    nil,
		dir + "/none?":                    {dir + "/none?"},
		dir + "/none-*?":                  nil,
	} {
		got, err := Language{ID: "x"}.sees(nil, []string{path})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v; expected %q", path, got, err, want)
		}
	}
	_, err := Language{ID: "x"}.sees(nil, []string{"/none|/none-*"})
	if want := "this distribution's layout is unknown: there is no /none and no /none-*"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, expected %q", err, want)
	}
}

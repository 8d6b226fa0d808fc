package languages

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/strictyaml"
)

// load lays a file with this text over the built-in table.
func load(t testing.TB, text string) (*Table, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Load(path)
}

func mustLoad(t testing.TB, text string) *Table {
	t.Helper()
	table, err := load(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestBuiltInTableHoldsEveryPromisedLanguage(t *testing.T) {
	table := mustLoad(t, "")
	for _, id := range []string{"c", "cpp", "cpp17", "cpp23", "java", "kotlin", "python3", "pypy3", "go", "rust", "javascript",
		"csharp", "pascal", "haskell", "ocaml", "ruby", "perl", "lua", "php", "bash"} {
		l, ok := table.Lookup(id)
		if !ok {
			t.Errorf("no language %s", id)
			continue
		}
		if l.Package == "" {
			t.Errorf("%s: nobody is told what to install", id)
		}
		if len(l.Compile) == 0 {
			t.Errorf("%s: a syntax error would not be a compile error", id)
		}
		if len(l.Extensions)+len(l.Accepts) == 0 {
			t.Errorf("%s: no file is a source", id)
		}
		for _, path := range slices.Concat(l.CompileSees, l.RunSees) {
			if !strings.HasPrefix(path, "/") {
				t.Errorf("%s: group %q is not written out", id, path)
			}
		}
	}
}

func TestCommandsFitAnyMachine(t *testing.T) {
	for _, l := range mustLoad(t, "").All() {
		for _, word := range slices.Concat(l.Compile, l.Run) {
			if strings.Contains(word, "native") {
				t.Errorf("%s: %s: a cached product would not run on another machine", l.ID, word)
			}
		}
	}
}

func TestFaultsNameTheirPlaceAndAFix(t *testing.T) {
	const zig = "languages:\n  zig:\n    name: Zig\n    version: [zig, version]\n    compile: [zig]\n"
	tests := []struct {
		name, text string
		line, col  int
		msg, hint  string
	}{
		{"unknown top key", "language:\n  c: {}\n", 1, 1, `unknown key "language"`, `did you mean "languages"?`},
		{"unknown key", "languages:\n  c:\n    comple: [gcc]\n", 3, 5, `unknown key "comple"`, `did you mean "compile"?`},
		{"key far from all", "languages:\n  c:\n    zzzzzzzzzz: 1\n", 3, 5, `unknown key "zzzzzzzzzz"`, ""},
		{"a word for a list", "languages:\n  c:\n    run: ./a.out\n", 3, 10, `expected a list of words, found the text "./a.out"`, "write [A, B]"},
		{"a list for a word", "languages:\n  c: {name: [C]}\n", 2, 13, "expected a text, found a list", "write one text"},
		{"nothing for a word", "languages:\n  c: {name: }\n", 2, 13, "expected a text, found nothing", "remove the key"},
		{"a list for languages", "languages: [c]\n", 1, 12, "expected a mapping, found a list", "write {ID"},
		{"negative number", "languages:\n  c: {processes: -1}\n", 2, 18, "-1 is out of range", "write a whole number from 0 to 4194304"},
		{"number with unit", "languages:\n  java: {reserve: 96MiB}\n", 2, 19, `expected a whole number, found the text "96MiB"`, "write a whole number"},
		{"a key twice", "languages:\n  c: {name: a, name: b}\n", 2, 16, `the key "name" appears twice: line 2 has it already`, "remove one"},
		{"a language twice", "languages:\n  c: {}\n  c: {}\n", 3, 3, `the key "c" appears twice: line 2 has it already`, "remove one"},
		{"alias", "languages:\n  c: {run: &r [a]}\n  cpp: {run: *r}\n", 2, 12, "anchor \"&r\"", "remove it"},
		{"control character", "languages:\n  c: {name: \"a\\e[2J\"}\n", 2, 13, "holds a character that cannot be printed", ""},
		{"id", "languages:\n  C++: {}\n", 2, 3, `"C++" is not the id of a language`, "lower case"},
		{"like", "languages:\n  cpp14: {like: cp}\n", 2, 17, `unknown language "cp"`, `did you mean "c`},
		{"variable", "languages:\n  c: {run: [gcc, '{file}']}\n", 2, 18, "unknown variable {file}", "did you mean {files}?"},
		{"files in a word", "languages:\n  c: {run: [gcc, 'x{files}']}\n", 2, 18, "{files} inside a word", "as a separate word"},
		{"extension", "languages:\n  c: {extensions: [c]}\n", 2, 20, `"c" is not an extension`, "write it as .cpp"},
		{"interpreter", "languages:\n  lua: {interpreters: [/usr/bin/lua]}\n", 2, 24, "is not the name of an interpreter", "python3"},
		{"entry", "languages:\n  c: {entry: main}\n", 2, 14, `unknown kind of entry point "main"`, ""},
		{"product", "languages:\n  c: {product: source}\n", 2, 16, `unknown product "source"`, `did you mean "sources"?`},
		{"group", "languages:\n  c: {run_sees: [libraris]}\n", 2, 18, `unknown group "libraris"`, `did you mean "libraries"?`},
		{"header", "languages:\n  c: {precompiled: /usr/include/stdio.h}\n", 2, 20, "is not a header name for #include", "bits/stdc++.h"},
		{"header above", "languages:\n  c: {precompiled: ../x.h}\n", 2, 20, "is not a header", ""},
		{"all of the host", "languages:\n  c: {run_sees: [/]}\n", 2, 18, `"/" is not a plain absolute path`, ""},
		{"path with dots", "languages:\n  c: {run_sees: [/usr/../etc]}\n", 2, 18, "is not a plain absolute path", ""},
		{"other globs", "languages:\n  c: {run_sees: ['/usr/lib/[ab]']}\n", 2, 18, "only * is expanded", ""},
		{"alternative that is a group", "languages:\n  c: {run_sees: ['/lib|libraries']}\n", 2, 18, "is not a plain absolute path", ""},
		{"static in a word", "languages:\n  c: {compile: [gcc, '-x{static}']}\n", 2, 22, "{static} inside a word", ""},
		{"static for nothing", "languages:\n  c: {static: {}}\n", 2, 3, "does not define it", "words: [-static]"},
		{"static in a run", "languages:\n  c: {run: [/prog/main, '{static}']}\n", 2, 3, "does not define it", ""},
		{"static without libraries", "languages:\n  c: {static: {words: [-static], compiler: gcc}}\n", 2, 15, "no compiler or no libraries", "libc.a"},
		{"static library with a path", "languages:\n  c: {static: {libraries: [/lib/libc.a]}}\n", 2, 28, "is not the name of a library's file", ""},
		{"static sees", "languages:\n  c: {static: {otherwise_sees: [libs]}}\n", 2, 33, `unknown group "libs"`, ""},
		{"environment", "languages:\n  c: {run_env: {A=B: c}}\n", 2, 17, `"A=B" is not the name of a variable`, ""},
		{"pattern", "languages:\n  c: {version_pattern: '('}\n", 2, 24, "missing closing )", ""},
		{"no run", zig, 2, 3, "language zig has no command to run", "add `run"},
		{"no version", "languages:\n  zig: {name: Zig, run: [a]}\n", 2, 3, "no command that prints its version", "add `version"},
		{"nothing makes the product", "languages:\n  zig: {name: Zig, run: [a], version: [a]}\n", 2, 3, "no command to compile", "product: sources"},
		{"entry without a rule", zig + "    run: [zig, '{entry}']\n", 2, 3, "uses {entry} and has no entry point", "entry: file"},
		{"two decide", zig + "    run: [/prog/main]\n    extensions: [.py]\n", 2, 3, "the extension .py belongs to python3 and to zig", "accepts"},
		{"syntax", "languages:\n  c: [\n", 0, 0, "did not find expected", ""},
		{"two documents", "languages: {}\n---\nlanguages: {}\n", 2, 1, "a second document", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(t, test.text)
			var fault *problems.Error
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault with its place", err)
			}
			if test.line > 0 && (fault.Line != test.line || fault.Col != test.col) {
				t.Errorf("at %d:%d, want %d:%d (%v)", fault.Line, fault.Col, test.line, test.col, err)
			}
			if !strings.Contains(fault.Msg, test.msg) {
				t.Errorf("says %q, want %q", fault.Msg, test.msg)
			}
			if !strings.Contains(fault.Hint, test.hint) || (test.hint == "" && strings.Contains(fault.Hint, "did you mean")) {
				t.Errorf("hints %q, want %q", fault.Hint, test.hint)
			}
			if filepath.Base(fault.File) != "mine.yaml" {
				t.Errorf("blames %q", fault.File)
			}
		})
	}
}

func TestUserFileOverridesSingleFields(t *testing.T) {
	before, _ := mustLoad(t, "").Lookup("java")
	table := mustLoad(t, "languages:\n  java:\n    reserve: 32\n    run_env: {LANG: C, TZ: UTC}\n")
	java, _ := table.Lookup("java")
	if java.Reserve != 32 {
		t.Errorf("reserve is %d, want the user's 32", java.Reserve)
	}
	if want := []string{"LANG=C", "TZ=UTC"}; !slices.Equal(java.RunEnv, want) {
		t.Errorf("run_env is %q, want %q", java.RunEnv, want)
	}
	if !slices.Equal(java.Run, before.Run) || java.Name != before.Name || !slices.Equal(java.RunSees, before.RunSees) {
		t.Errorf("a field that the file does not name has changed: %+v", java)
	}
	if table.All()[0].ID != "c" || len(table.All()) != len(mustLoad(t, "").All()) {
		t.Error("overriding a language has moved or added one")
	}
}

func TestEnvironmentIsLaidKeyByKey(t *testing.T) {
	table := mustLoad(t, "languages:\n  go: {compile_env: {GOCACHE: /var/cache/go}}\n")
	l, _ := table.Lookup("go")
	if !slices.Contains(l.CompileEnv, "GOCACHE=/var/cache/go") || !slices.Contains(l.CompileEnv, "CGO_ENABLED=0") {
		t.Errorf("compile_env is %q", l.CompileEnv)
	}
	if n := len(slices.DeleteFunc(slices.Clone(l.CompileEnv), func(v string) bool { return !strings.HasPrefix(v, "GOCACHE=") })); n != 1 {
		t.Errorf("GOCACHE is there %d times", n)
	}
}

func TestUserFileAddsALanguageLikeAnother(t *testing.T) {
	table := mustLoad(t, "languages:\n  cpp14:\n    like: cpp\n    name: C++14\n    compile: [g++, -std=gnu++14, -o, out/main, '{files}']\n")
	l, ok := table.Lookup("cpp14")
	if !ok || l.Name != "C++14" || l.Run[0] != "/prog/main" || l.Package != "g++" {
		t.Fatalf("cpp14 is %+v", l)
	}
	if all := table.All(); all[len(all)-1].ID != "cpp14" {
		t.Error("a new language does not come last")
	}
	got, err := table.Detect(Sources{Path: "a.cpp", Files: []File{{Name: "a.cpp"}}})
	if err != nil || got.ID != "cpp" {
		t.Errorf("a.cpp is %q (%v): a language that is like cpp must not take its extensions", got.ID, err)
	}
}

func TestUserGroupReplacesTheBuiltInOneEverywhere(t *testing.T) {
	table := mustLoad(t, "groups:\n  libraries: [/opt/lib, gcc]\n") // and a circle: gcc holds libraries
	l, _ := table.Lookup("lua")
	if !slices.Contains(l.RunSees, "/opt/lib") || !slices.Contains(l.RunSees, "/usr/lib/gcc") || slices.Contains(l.RunSees, "/lib/*-linux-gnu") {
		t.Errorf("run_sees is %q", l.RunSees)
	}
}

func TestLoadingDoesNotChangeATableLoadedBefore(t *testing.T) {
	first := mustLoad(t, "")
	before, _ := first.Lookup("c")
	mustLoad(t, "languages:\n  c: {name: Other}\n")
	if after, _ := first.Lookup("c"); after.Name != before.Name {
		t.Error("a later file changed it")
	}
}

func TestHugeTableIsRefused(t *testing.T) {
	if _, err := load(t, strings.Repeat("#", strictyaml.MaxSize+1)); err == nil || !strings.Contains(err.Error(), "larger than 2 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestMissingTableIsAnError(t *testing.T) {
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

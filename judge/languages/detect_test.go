package languages

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures are the programs that the engine's tests judge for real.
const fixtures = "../testdata/languages"

// submission makes sources out of name, text, name, text, ...
func submission(nameText ...string) Sources {
	s := Sources{Path: "submission"}
	for i := 0; i < len(nameText); i += 2 {
		s.Files = append(s.Files, File{Name: nameText[i], Data: []byte(nameText[i+1])})
	}
	return s
}

func TestLanguageIsToldByExtensionElseByShebang(t *testing.T) {
	table := mustLoad(t, "")
	tests := []struct {
		name string
		s    Sources
		want string // id, or "error: " and a part of it
	}{
		{"extension", submission("a.cpp", ""), "cpp"},
		{"extension's case", submission("a.C", ""), "cpp"},
		{"small c", submission("a.c", ""), "c"},
		{"extension before shebang", submission("a.lua", "#!/usr/bin/python3\n"), "lua"},
		{"last extension", submission("a.py.cpp", ""), "cpp"},
		{"headers and data do not count", submission("a.cpp", "", "a.h", "", "table.txt", "", "Makefile", ""), "cpp"},
		{"file in a directory", submission("src/a.rs", ""), "rust"},
		{"only an extension", submission(".py", ""), "error: unknown language: no known extension"},
		{"headers alone", submission("a.h", "", "b.hpp", ""), "error: unknown language: no known extension"},
		{"several languages", submission("a.c", "", "b.cpp", ""), "error: sources of several languages: c and cpp"},
		{"shebang", submission("solve", "#!/usr/bin/python3\n"), "python3"},
		{"shebang with minor version", submission("solve", "#!/usr/bin/python3.11\n"), "python3"},
		{"python 2 is not Python 3", submission("solve", "#!/usr/bin/python2.7\n"),
			"error: unknown language: no known extension"},
		{"env", submission("solve", "#!/usr/bin/env ruby\n"), "ruby"},
		{"env with options and variables", submission("solve", "#!/usr/bin/env -S A=b perl -w\n"), "perl"},
		{"spaces and carriage return", submission("solve", "#! /bin/bash \r\n"), "bash"},
		{"shebang that shares an extension", submission("a.py", "#!/usr/bin/env pypy3\n"), "pypy3"},
		{"shebang of the main file", submission("main.py", "#!/usr/bin/pypy3\n", "b.py", "#!/usr/bin/python3\n"), "pypy3"},
		{"shebang in a second line", submission("solve", "\n#!/bin/bash\n"), "error: unknown language: no known extension"},
		{"two shebangs", submission("a", "#!/bin/bash\n", "b", "#!/usr/bin/perl\n"),
			"error: unknown language: no known extension"},
		{"Perl", submission("a.pl", "my $x = <>;\nprint $x ? -$x :- 1;\n"), "perl"},
		{"a clause of Prolog", submission("a.pl", "main :-\n    write(1).\n"), "error: unknown language: no known extension"},
		{"a directive of Prolog", submission("a.pl", "% sum\n:- initialization(main).\n"),
			"error: unknown language: no known extension"},
		{"modules of Prolog", submission("a.pl", "f(X, [Y|Z]) :- g(X).\n", "io.pl", ":- module(io, []).\n"),
			"error: unknown language: no known extension"},
		{"nothing", submission("solve", ""), "error: unknown language: no known extension"},
		{"unknown", submission("a.zig", ""), "error: unknown language: no known extension"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, err := table.Detect(test.s)
			if part, wantError := strings.CutPrefix(test.want, "error: "); wantError {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("got %q, %v; want an error with %q", l.ID, err, part)
				}
				return
			}
			if err != nil || l.ID != test.want {
				t.Errorf("got %q, %v; want %q", l.ID, err, test.want)
			}
		})
	}
}

func TestEveryFixtureIsInTheLanguageOfItsFolder(t *testing.T) {
	table := mustLoad(t, "")
	folders, err := os.ReadDir(fixtures)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		programs, err := filepath.Glob(filepath.Join(fixtures, folder.Name(), "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(programs) < 4 {
			t.Errorf("%s has %d programs; want right, wrong, crash and slow", folder.Name(), len(programs))
		}
		for _, path := range programs {
			s, err := ReadSources(path, 128<<10)
			if err != nil {
				t.Error(err)
				continue
			}
			l, err := table.Detect(s)
			if err != nil || l.ID != folder.Name() {
				t.Errorf("%s: got %q, %v", path, l.ID, err)
			}
		}
	}
}

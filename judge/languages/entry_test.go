package languages

import (
	"strings"
	"testing"
)

func TestEntryPoint(t *testing.T) {
	const main = "class %s { public static void main(String[] a) {} }"
	class := func(name string) string { return strings.Replace(main, "%s", name, 1) }
	tests := []struct {
		name, language string
		s              Sources
		want           string // or "error: " and a part of it
	}{
		{"an executable knows", "cpp", submission("a.cpp", "", "b.cpp", ""), ""},
		{"the only file", "python3", submission("a.py", ""), "a.py"},
		{"the only source", "python3", submission("a.py", "", "data.txt", "", "main.txt", ""), "a.py"},
		{"main", "python3", submission("a.py", "", "main.py", "", "z.py", ""), "main.py"},
		{"main in any case", "ruby", submission("a.rb", "", "Main.rb", ""), "Main.rb"},
		{"main further down is not it", "python3", submission("a.py", "", "lib/main.py", ""), "error: no main.*"},
		{"no main", "perl", submission("a.pl", "", "b.pl", ""), "error: rename the one to start to main.*"},
		{"Python's own main", "python3", submission("__init__.py", "", "__main__.py", "", "a.py", ""), "__main__.py"},
		{"told", "python3", startsAt(submission("a.py", "", "main.py", "", "b.py", ""), "b.py"), "b.py"},
		{"told a class", "java", startsAt(submission("A.java", class("A"), "B.java", class("B")), "a.B"), "a.B"},
		{"told a class's file", "java", startsAt(submission("A.java", class("A"), "B.java", class("B")), "B.java"), "B"},
		{"told what is not there", "python3", startsAt(submission("a.py", ""), "b.py"), `error: no source file "b.py" to start`},
		{"told, and needs not to be", "cpp", startsAt(submission("a.cpp", "", "b.cpp", ""), "b.cpp"), ""},
		{"two mains", "python3", submission("main.py", "", "main.py3", ""), "error: no main.*"},
		{"class by any name", "java", submission("Solve.java", class("Solve")), "Solve"},
		{"class in a package", "java", submission("Solve.java", "package a.b;\n"+class("Solve")), "a.b.Solve"},
		{"the class with main", "java", submission("A.java", "class A {}", "B.java", class("B")), "B"},
		{"Main among several", "java", submission("A.java", class("A"), "Main.java", class("Main")), "Main"},
		{"several without Main", "java", submission("A.java", class("A"), "B.java", class("B")), "error: several classes with main (A, B): rename the one to start to Main"},
		{"no main seen", "java", submission("A.java", "class A extends B {}"), "Main"},
		{"main in a comment", "java", submission("A.java", "/* "+class("X")+" */ // "+class("Y")+"\n"+class("A")), "A"},
		{"main in a string", "java", submission("A.java", `class X { String s = "\" { static void main("; char c = '{'; } `+class("A")), "A"},
		{"main in a text block", "java", submission("A.java", "class X { String s = \"\"\"\n\" } static void main(\n\"\"\"; } "+class("A")), "A"},
		{"main of an inner class is not it", "java", submission("A.java", "class X { static class Y { public static void main(String[] a) {} } } "+class("A")), "A"},
		{"modifiers in any order", "java", submission("A.java", "final class A { static public final void main(String... a) {} }"), "A"},
		{"record, enum, interface", "java", submission("A.java", "interface I {} enum E { X } record R(int x) { public static void main(String[] a) {} }"), "R"},
		{"annotations and generics", "java", submission("A.java", "@Deprecated public class A<T extends Comparable<T>> { public static void main(String[] a) {} }"), "A"},
		{"not a method called main", "java", submission("A.java", "class A { static int main; static void mainly() {} }"), "Main"},
		{"kotlin", "kotlin", submission("main.kt", "fun main() {}"), "MainKt"},
		{"kotlin file name", "kotlin", submission("a-plus-b.kt", "package x\nfun main(args: Array<String>) {}"), "x.A_plus_bKt"},
		{"kotlin digit", "kotlin", submission("1.kt", "fun main() {}"), "_1Kt"},
		{"kotlin among several", "kotlin", submission("a.kt", "fun help() { fun main() {} }", "b.kt", "fun main() {}"), "BKt"},
	}
	table := mustLoad(t, "")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, ok := table.Lookup(test.language)
			if !ok {
				t.Fatal("no such language")
			}
			got, err := l.Entry(test.s)
			if part, wantError := strings.CutPrefix(test.want, "error: "); wantError {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("got %q, %v; want an error with %q", got, err, part)
				}
				return
			}
			if err != nil || got != test.want {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestSingleFileIsCompiledUnderANeutralName(t *testing.T) {
	tests := []struct{ name, language, file, text, want string }{
		{"a name that go reads", "go", "sol_test.go", "package main", "main.go"},
		{"a system that go reads", "go", "foo_windows.go", "package main", "main.go"},
		{"a module of Python", "python3", "token.py", "", "main.py"},
		{"a kind of module of JavaScript", "javascript", "a b.mjs", "", "main.mjs"},
		{"an option", "c", "-o.c", "", "main.c"},
		{"a module of OCaml", "ocaml", "2048.ml", "", "main.ml"},
		{"a class of Kotlin", "kotlin", "a-b.kt", "", "main.kt"},
		{"beneath a directory", "rust", "src/a-b.rs", "", "main.rs"},
		{"public class", "java", "sol.java", "public class Answer {}", "Answer.java"},
		{"public class behind another", "java", "sol.java", "class A {} public final class B {}", "B.java"},
		{"public member is not a public class", "java", "sol.java", "class A { public int x; } class B {}", "Main.java"},
		{"no public class", "java", "Решение.java", "class A {}", "Main.java"},
		{"no extension", "go", "solve", "package main", "main.go"},
		{"another's extension", "cpp17", "solve.txt", "", "main.c"},
		{"an accepted extension", "pypy3", "solve.py", "", "main.py"},
		{"a script", "script", "run", "", "run"},
	}
	table := mustLoad(t, "")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, _ := table.Lookup(test.language)
			s := l.rename(startsAt(submission(test.file, test.text), test.file))
			if s.Files[0].Name != test.want || s.Start != test.want {
				t.Errorf("got %q, which %q starts, want %q", s.Files[0].Name, s.Start, test.want)
			}
			if want := (Renaming{test.file, test.want}); test.file != test.want && s.Renamed != want {
				t.Errorf("the renaming is %+v, want %+v", s.Renamed, want)
			}
			if again := l.rename(s); again.Files[0].Name != test.want || again.Renamed != s.Renamed {
				t.Errorf("renamed again: %+v", again)
			}
		})
	}
}

func TestStartOfARenamedKotlinFileIsItsNewClass(t *testing.T) {
	l, _ := mustLoad(t, "").Lookup("kotlin")
	for told, want := range map[string]string{"A_bKt": "MainKt", "x.A_bKt": "x.MainKt", "a-b.kt": "MainKt", "x.Other": "x.Other"} {
		s := l.rename(startsAt(submission("a-b.kt", "fun main() {}"), told))
		if got, err := l.Entry(s); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", told, got, err, want)
		}
	}
}

func TestFilesOfADirectoryKeepTheirNames(t *testing.T) {
	table := mustLoad(t, "")
	c, _ := table.Lookup("c")
	if files := c.rename(submission("a.txt", "", "b.c", "")).Files; files[0].Name != "a.txt" {
		t.Errorf("renamed to %q: another file may mean it by its name", files[0].Name)
	}
	java, _ := table.Lookup("java")
	files := java.rename(submission("a.java", "public class B {}", "c.java", "class C {}", "d.java", "public class E {}", "E.java", "")).Files
	if files[0].Name != "B.java" || files[1].Name != "c.java" || files[2].Name != "d.java" {
		t.Errorf("%q, %q and %q: javac takes a public class in a file of its name, which no other file can mean", files[0].Name, files[1].Name, files[2].Name)
	}
}

func TestRunFindsTheSubmittedFilesInItsWorkingDirectory(t *testing.T) {
	table := mustLoad(t, "")
	tests := []struct {
		name, language string
		s              func(Language) Sources
		want           string
	}{
		{"a script", "python3", func(Language) Sources { return submission("token.py", "") }, "token.py>/prog/main.py"},
		{"scripts", "python3", func(Language) Sources { return submission("lib/a.py", "", "data.txt", "", "main.py", "") },
			"lib/a.py>/prog/lib/a.py data.txt>/prog/data.txt main.py>/prog/main.py"},
		{"one compiled file", "cpp", func(Language) Sources { return submission("a.cpp", "") }, "a.cpp"},
		{"compiled files", "cpp", func(Language) Sources { return submission("a.cpp", "", "a.h", "", "data.txt", "") }, "a.cpp a.h data.txt"},
		{"Java", "java", func(Language) Sources { return submission("a.java", "public class B {}", "data", "") }, "B.java data"},
		{"beside a file", "python3", func(l Language) Sources { return l.WithLibrary(submission("a.py", ""), submission("b.txt", "").Files) },
			"b.txt>/prog/b.txt a.py>/prog/main.py"},
		{"a file of the same name beside it", "python3", func(l Language) Sources {
			return l.WithLibrary(submission("b.py", ""), submission("b.py", "").Files)
		}, "b.py>/prog/b.py main.py>/prog/main.py"},
		{"a grader", "cpp", func(l Language) Sources {
			return l.WithGrader(submission("a.cpp", ""), "rise", submission("grader.cpp", "", "rise.h", "", "table.bin", "").Files)
		}, "table.bin a.cpp"},
		{"a program of the problem's", "cpp", func(Language) Sources {
			s := submission("check.cpp", "", "testlib.h", "", "table.bin", "")
			s.Ours = 3
			return s
		}, "table.bin"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, _ := table.Lookup(test.language)
			var got []string
			for _, f := range l.work(l.rename(test.s(l))) {
				if f.Link != "" {
					f.Name += ">" + f.Link
				}
				got = append(got, f.Name)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAUnitOfPascalStartsNothing(t *testing.T) {
	l, _ := mustLoad(t, "").Lookup("pascal")
	unit := "{ says: program }\n(* a *) // b\nUnit hello;\ninterface\nimplementation\nend.\n"
	if got, err := l.Entry(submission("hello.pp", unit, "starts.pas", "(* unit x; *) program p;\nuses hello;\nbegin end.")); err != nil || got != "starts.pas" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := l.Entry(submission("a.pas", unit, "b.pas", unit)); err == nil {
		t.Errorf("two units start with %q", got)
	}
}

func TestFilesNextToASubmissionDoNotStartIt(t *testing.T) {
	l, _ := mustLoad(t, "").Lookup("python3")
	for _, row := range []struct{ beside, want string }{{"include.py", "main.py"}, {"main.py", "main.py"}, {"data.txt", "main.py"}} {
		s := l.WithLibrary(submission("accepted.py", ""), submission(row.beside, "").Files)
		if got, err := l.Entry(s); err != nil || got != row.want {
			t.Errorf("with %s: %q, %v; want %q", row.beside, got, err, row.want)
		}
	}
}

func startsAt(s Sources, start string) Sources {
	s.Start = start
	return s
}

package languages

import (
	"slices"
	"strings"
	"testing"
)

func TestFirstErrorOfACompiler(t *testing.T) {
	table := mustLoad(t, "languages: {other: {name: Other, extensions: [.other], product: sources, run: [/prog/main], version: [other]}}")
	for _, row := range []struct {
		id, log string
		want    CompileError
	}{
		{"c", "a.c: In function 'main':\na.c:2:3: warning: implicit error [-W]\n    2 |   error: (3)\na.c:4:9: error: expected ';'\n",
			CompileError{"a.c:4:9: error: expected ';'", "a.c", 4}},
		{"cpp", "a.cpp:1:10: fatal error: x.h: No such file or directory\ncompilation terminated.\n",
			CompileError{"a.cpp:1:10: fatal error: x.h: No such file or directory", "a.cpp", 1}},
		{"cpp17", "In file included from a.cpp:1:\n./b/y.h:7:2: error: no member\n1 error generated.\n",
			CompileError{"./b/y.h:7:2: error: no member", "b/y.h", 7}},
		{"cpp", "/usr/include/c++/12/bits/x.h:9:1: error: no match\n", CompileError{"/usr/include/c++/12/bits/x.h:9:1: error: no match", "", 0}},
		{"cpp", "/usr/bin/ld: /tmp/c.o: in function `main':\n/box/work/a.cpp:2: undefined reference to `f()'\ncollect2: error: ld returned 1\n",
			CompileError{"/box/work/a.cpp:2: undefined reference to `f()'", "a.cpp", 2}},
		{"cpp", "/usr/bin/ld: /tmp/b.o:(.text+0x0): multiple definition of `f'; /tmp/a.o: first defined here\ncollect2: error: ld returned 1\n",
			CompileError{"/usr/bin/ld: /tmp/b.o:(.text+0x0): multiple definition of `f'; /tmp/a.o: first defined here", "", 0}},
		{"rust", "warning: unused variable: `a`\n --> a.rs:2:6\nerror[E0425]: cannot find value `y`\n --> a.rs:3:10\n  |\n",
			CompileError{"error[E0425]: cannot find value `y` --> a.rs:3:10", "a.rs", 3}},
		{"rust", "error: linking with `cc` failed\n  |\n", CompileError{"error: linking with `cc` failed", "", 0}},
		{"java", "a.java:2: warning: [x] y\na.java:3: error: ';' expected\n int y\n", CompileError{"a.java:3: error: ';' expected", "a.java", 3}},
		{"kotlin", "warning: old\na.kt:1:13: error: unresolved reference: x\n", CompileError{"a.kt:1:13: error: unresolved reference: x", "a.kt", 1}},
		{"python3", "a.py:1: SyntaxWarning: invalid escape sequence\n  File \"a.py\", line 2\n    ValueError: 1\n    ^^\nSyntaxError: invalid syntax\n",
			CompileError{"SyntaxError: invalid syntax", "a.py", 2}},
		{"pypy3", "  File \"a.py\", line 2\n    x\nIndentationError: unexpected indent\n", CompileError{"IndentationError: unexpected indent", "a.py", 2}},
		{"python3", "ValueError: source code string cannot contain null bytes\n",
			CompileError{"ValueError: source code string cannot contain null bytes", "", 0}},
		{"go", "# command-line-arguments\n./a.go:4:2: declared and not used: x\n", CompileError{"./a.go:4:2: declared and not used: x", "a.go", 4}},
		{"javascript", "file:///box/work/a.mjs:2\nlet y = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n    at x (node:y)\n",
			CompileError{"SyntaxError: Unexpected token ';'", "a.mjs", 2}},
		{"csharp", "a.cs(3,5): warning CS0168: x\na.cs(4,1): error CS1525: Unexpected\n", CompileError{"a.cs(4,1): error CS1525: Unexpected", "a.cs", 4}},
		{"pascal", "Compiling a.pas\na.pas(2,1) Warning: x\na.pas(3,2) Error: Identifier not found\nFatal: Compilation aborted\n",
			CompileError{"a.pas(3,2) Error: Identifier not found", "a.pas", 3}},
		{"haskell", "[1 of 1] Compiling Main\n\na.hs:2:9: error: Variable not in scope: x\n  |\n",
			CompileError{"a.hs:2:9: error: Variable not in scope: x", "a.hs", 2}},
		{"haskell", "a.hs:2:9: error: [GHC-88464]\n    • Variable not in scope: x\n", CompileError{"a.hs:2:9: error: [GHC-88464] • Variable not in scope: x", "a.hs", 2}},
		{"ocaml", "File \"a.ml\", line 1, characters 4-5:\n1 | let x = 1\n    ^\nWarning 32: unused\nFile \"a.ml\", line 2, characters 19-20:\n" +
			"2 | let () = y\n             ^\nError: Unbound value y\n", CompileError{"Error: Unbound value y", "a.ml", 2}},
		{"ocaml", "File \"a.ml\", line 2, characters 4-7:\n2 | let x = 1 + \"a\"\n    ^^^\nError: This expression has type string but an expression was expected of type\n         int\n",
			CompileError{"Error: This expression has type string but an expression was expected of type int", "a.ml", 2}},
		{"ruby", "a.rb:1: warning: x\na.rb:3: syntax error, unexpected ')'\n", CompileError{"a.rb:3: syntax error, unexpected ')'", "a.rb", 3}},
		{"perl", "syntax error at a.pl line 3, near \"print )\n\"\na.pl had compilation errors.\n", CompileError{`syntax error at a.pl line 3, near "print )`, "a.pl", 3}},
		{"lua", "a.lua:2: unexpected symbol near '='\n", CompileError{"a.lua:2: unexpected symbol near '='", "a.lua", 2}},
		{"php", "\nParse error: Unmatched ')' in a.php on line 3\nErrors parsing a.php\n", CompileError{"Parse error: Unmatched ')' in a.php on line 3", "a.php", 3}},
		{"bash", "a.sh: line 2: syntax error near `then'\na.sh: line 2: `if then'\n", CompileError{"a.sh: line 2: syntax error near `then'", "a.sh", 2}},
		{"c", "something else\nwent wrong\n", CompileError{"something else", "", 0}},
		{"other", "Compiling...\nsyntax error:  x\n", CompileError{"syntax error: x", "", 0}},
		{"c", "", CompileError{}},
		{"c", "../../etc/passwd:3:1: error: x\n", CompileError{"../../etc/passwd:3:1: error: x", "", 0}},
		{"c", "a.c:99999999999999999999:1: error: x\n", CompileError{"a.c:99999999999999999999:1: error: x", "", 0}},
	} {
		l, _ := table.Lookup(row.id)
		files := []string{"b/y.h"}
		for _, e := range slices.Concat(l.Extensions, l.Accepts) {
			files = append(files, "a"+e)
		}
		if got := l.FirstError(row.log, files); got != row.want {
			t.Errorf("%s: %q\ngot      %+v\nexpected %+v", row.id, row.log, got, row.want)
		}
		l.FirstError(strings.Repeat(row.log, 1000), files)
	}
}

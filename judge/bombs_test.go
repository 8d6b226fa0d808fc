package judge

import (
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// bombLanguages have compilers that do what a hostile submission could bring a compiler to do.
const bombLanguages = `
languages:
  script:
    name: Script
    extensions: [.script]
    entry: file
    compile: [/bin/bash, '{entry}']
    compile_sees: [/bin/rmdir, /bin/mkdir, /bin/ln, /bin/mkfifo, /bin/head, /bin/cp, libraries]
    run: [/prog/main]
    run_sees: [/bin/bash, libraries]
    version: [/bin/bash, --version]
`

func TestAbusedCompilerIsACompileErrorWithAReason(t *testing.T) {
	rows := []struct{ what, source, want, log string }{
		{"no product", "echo done", "CE(no product): SKIP", "done\n"},
		{"the product is a link", "ln -s /etc/passwd out/main", `CE(product "main": symbolic link): SKIP`, ""},
		{"a link leads out of the product", "ln -s ../../.. out/up; cp /bin/bash out/main", `CE(product "up": symbolic link): SKIP`, ""},
		{"the product directory is a link", "rmdir out; ln -s /usr/bin out", `CE(product "out": symbolic link): SKIP`, ""},
		{"the product directory is gone", "rmdir out", `CE(product "out": does not exist): SKIP`, ""},
		{"a FIFO among the products", "mkfifo out/main", `CE(product "main": neither a file nor a directory): SKIP`, ""},
		{"the product is not executable, like a library", "echo > out/main", "CE(no executable: expected a main program): SKIP", ""},
		{"the product has another name", "cp /bin/bash out/other", "CE(no executable: expected a main program): SKIP", ""},
		{"the product is a directory", "mkdir out/main; echo > out/main/a", "CE(no executable: expected a main program): SKIP", ""},
		{"two names of one file", "echo > out/main; ln out/main out/more", "CE(product", ""},
		{"more than the jail may write in one file", "head -c 300000000 /dev/zero > out/main", "CE(compile output: a file over the limit of 256 MiB): SKIP", "File size limit exceeded"},
		{"more than a product may hold", "for i in 1 2; do head -c 200000000 /dev/zero > out/$i; done", "CE(product", ""},
		{"messages without end", "while :; do printf '%100000s\n' x; done", "CE(compile output): SKIP", " "},
		{"time without end", "while :; do :; done", "CE(compile time): SKIP", ""},
		{"memory without end", "a=x; while :; do a=$a$a; done", "CE(compile memory): SKIP", ""},
		{"a process that stays", "(while :; do :; done) & cp /bin/bash out/main", "AC: AC", ""},
		{"the host's files", "read -r line < /etc/passwd", "CE: SKIP", "No such file"},
	}
	j := jailed(t)
	j.Cache = nil
	j.Languages = table(t, bombLanguages)
	problem := problemOf(t, "exit 0", "")
	problem.Limits.CompilationTime, problem.Limits.CompilationMemory = 15*time.Second, 600*problems.MiB
	var sources []string
	for _, row := range rows {
		sources = append(sources, row.source)
	}
	request := Request{Problem: problem, Submissions: acts(t, sources...), Language: "script"}
	for i, s := range judgeAll(t, j, request).Submissions {
		row := rows[i]
		if got := verdicts(s); !strings.HasPrefix(got, row.want) || !strings.Contains(s.Compile.Log, row.log) {
			t.Errorf("%s: %s\nlog: %.300q\nwant %s, with %q in the log", row.what, got, s.Compile.Log, row.want, row.log)
		}
		if len(s.Compile.Log) > 64<<10+len("... (cut)") {
			t.Errorf("%s: a log of %d bytes", row.what, len(s.Compile.Log))
		}
	}
}

func TestBombsInCPlusPlusAreCompileErrors(t *testing.T) {
	sources := map[string]string{
		"zero":     `#include "/dev/zero"` + "\nint main(){}",
		"self":     "#include __FILE__\nint main(){}",
		"template": "template<int n> struct A { A<n+1> a; A<n+2> b; }; A<0> a; int main(){}",
		"secret":   `#include "/etc/passwd"` + "\nint main(){}",
		"giant":    "char a[1 << 30] = {1}; int main(){ return a[5]; }",
		"object":   "\x7fELF\x02\x01\x01",
		"incbin":   `asm(".incbin \"/etc/passwd\""); int main(){}`,
		"constexpr": `constexpr long f(long n) { long s = 0; for (long i = 0; i < n; i++) s += i % 7; return s; }
			static_assert(f(10000000000) == 1); int main(){}`,
	}
	j := jailed(t)
	problem := problemOf(t, "", "")
	problem.Limits.CompilationTime, problem.Limits.CompilationMemory = 10*time.Second, 512*problems.MiB
	var names, paths []string
	dir := t.TempDir()
	for name, source := range sources {
		names = append(names, name)
		paths = append(paths, writeFile(t, dir+"/"+name+".cpp", source))
	}
	for i, s := range judgeAll(t, j, Request{Problem: problem, Submissions: paths}).Submissions {
		if s.Verdict != problems.CE || s.Reason == "" && s.Compile.Log == "" {
			t.Errorf("%s: %s\n%.500s", names[i], verdicts(s), s.Compile.Log)
		}
		if strings.Contains(s.Compile.Log, "root:") {
			t.Errorf("%s: the compiler tells what the host holds:\n%.500s", names[i], s.Compile.Log)
		}
		t.Logf("%s: %s in %.1f s: %.120q", names[i], verdicts(s), s.Compile.Seconds, s.Compile.Log)
	}
}

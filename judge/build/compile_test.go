package build

import (
	"syscall"
	"testing"

	"judge/isolate"
	"judge/judge/languages"
)

func TestFailedCompilerHasAReason(t *testing.T) {
	rows := []struct {
		what    string
		outcome isolate.Outcome
		failed  bool
		reason  string
		log     string
	}{
		{"compiled", isolate.Outcome{Cause: isolate.Exited}, false, "", ""},
		{"its own words say it", isolate.Outcome{Cause: isolate.Exited, Code: 1}, true, "", "a.cpp:1: error"},
		{"an assembler's file that is too large", isolate.Outcome{Cause: isolate.Exited, Code: 4}, true,
			"compile output: a file over the limit of 256 MiB", "g++: File size limit exceeded signal terminated program as"},
		{"a linker's file that is too large", isolate.Outcome{Cause: isolate.Exited, Code: 1}, true,
			"compile output: a file over the limit of 256 MiB", "ld: final link failed: File too large"},
		{"a template bomb that eats memory", isolate.Outcome{Cause: isolate.MemoryLimit}, true, "compile memory", ""},
		{"a template bomb that eats time", isolate.Outcome{Cause: isolate.CPULimit}, true, "compile time", ""},
		{"waiting for ever", isolate.Outcome{Cause: isolate.WallLimit}, true, "compile time", ""},
		{"gigabytes of messages", isolate.Outcome{Cause: isolate.OutputLimit}, true, "compile output", ""},
		{"a file that is too large", isolate.Outcome{Cause: isolate.Signaled, Signal: syscall.SIGXFSZ}, true,
			"compile output: a file over the limit of 256 MiB", ""},
		{"a compiler that crashes", isolate.Outcome{Cause: isolate.Signaled, Signal: syscall.SIGSEGV}, true, "compiler signal SIGSEGV", ""},
		{"a compiler that attacks", isolate.Outcome{Cause: isolate.BadSyscall}, true, "forbidden syscall", ""},
	}
	for _, row := range rows {
		if reason, failed := failureOf(row.outcome, []byte(row.log)); string(reason) != row.reason || failed != row.failed {
			t.Errorf("%s: %q, %v; want %q, %v", row.what, reason, failed, row.reason, row.failed)
		}
	}
}

func TestMissingHeaderIsNamed(t *testing.T) {
	file := func(name, data string) languages.File { return languages.File{Name: name, Data: []byte(data)} }
	for _, row := range []struct {
		files []languages.File
		want  string
	}{
		{[]languages.File{file("a/main.cpp", "#include \"y.h\"\n"), file("common/y.h", "")}, ""},
		{[]languages.File{file("main.cpp", "#include \"testlib.h\"\n")}, "testlib.h"},
		{[]languages.File{file("main.cpp", "#include <testlib.h>\n")}, "testlib.h"},
		{[]languages.File{file("main.cpp", "  # include \"../lib/x.hpp\"\n")}, "../lib/x.hpp"},
		{[]languages.File{file("main.cpp", "#include \"testlib.h\"\n"), file("testlib.h", "")}, ""},
		{[]languages.File{file("a/main.cpp", "#include \"../lib/x.h\"\n"), file("lib/x.h", "")}, ""},
		{[]languages.File{file("main.cpp", "#include <vector>\n#include \"stdio.h\"\n#include \"no.such\"\n")}, "no.such"},
		{[]languages.File{file("main.cpp", "// #include \"x.h\"\n")}, ""},
	} {
		got := ""
		if all := missingHeaders(row.files, "common"); len(all) > 0 {
			got = all[0].name
		}
		if got != row.want {
			t.Errorf("%s: got %q, want %q", row.files[0].Data, got, row.want)
		}
	}
}

func TestNamesCollideWithDirectories(t *testing.T) {
	rows := []struct {
		file, name string
		kept       bool
	}{
		{"a", "a", false}, {"a/b", "a", false}, {"a", "a/b", false}, {"a/b", "a/c", true}, {"ab", "a", true}, {"a", "ab", true}, {"a/b/c", "a/b", false},
	}
	for _, row := range rows {
		if kept := len(LayOver([]isolate.File{{Name: row.file}}, row.name)) == 1; kept != row.kept {
			t.Errorf("%s beside %s: kept is %v", row.file, row.name, kept)
		}
	}
}

package languages

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"judge/problems"
)

// Whatever a table holds, it is either refused with its place, or every language of the result can be planned.
func FuzzTable(f *testing.F) {
	f.Add("groups: {g: [/usr/lib/x, '/lib/*-y?']}\nlanguages: {java: {compile_sees: [g], reserve: 010}}\n")
	f.Add("languages:\n  zig: {name: Zig, run: [/prog/main], compile: [zig, '{files}'], version: [zig]}\n")
	f.Add("languages: {c: {like: cpp, run_env: {A: b}}}\ngroups: {a: [b], b: [a]}\n")
	f.Add("languages:\n  c: &c {name: *c}\n")
	f.Add("a: [\x00")
	base, err := Load("")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := base.with("fuzz.yaml", []byte(text))
		if err != nil {
			var fault *problems.Error
			if !errors.As(err, &fault) || fault.Msg == "" || fault.File != "fuzz.yaml" {
				t.Fatalf("an error without a place: %#v", err)
			}
			return
		}
		for _, before := range base.All() {
			if _, ok := table.Lookup(before.ID); !ok {
				t.Fatalf("%s is gone", before.ID)
			}
		}
		for _, l := range table.All() {
			if l.Name == "" || len(l.Run) == 0 || len(l.VersionCommand) == 0 || !isID(l.ID) {
				t.Fatalf("half a language: %+v", l)
			}
			for _, path := range slices.Concat(l.CompileSees, l.RunSees) {
				if !strings.HasPrefix(path, "/") || strings.Contains(path, "/../") {
					t.Fatalf("%s sees %q", l.ID, path)
				}
			}
		}
	})
}

// Whatever a file holds, what is read out of it can stand in a command line and in a file's name.
func FuzzSourceText(f *testing.F) {
	for _, seed := range []string{"#!/\n", "#!/usr/bin/env -S A=b python3.11 -u\n", "#!", "package a.b; public class A { public static void main(String[] a) {} }",
		"/* \"", "class \"\"\"{", "public record \u00e9(){}", "package x\nfun main() {}", "'\\", "public class \u2028{"} {
		f.Add([]byte(seed))
	}
	table, err := Load("")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if name := interpreter(data); strings.ContainsAny(name, "/ \t\n") || len(name) > maxShebang {
			t.Errorf("interpreter %q", name)
		}
		if class := publicClass(data); class != "" && checkName(class+".java") != nil {
			t.Errorf("public class %q: %v", class, checkName(class+".java"))
		}
		for _, id := range []string{"java", "kotlin"} {
			l, _ := table.Lookup(id)
			entry, err := l.Entry(Sources{Files: []File{{Name: "a" + l.Extensions[0], Data: data}}})
			if err == nil && (entry == "" || strings.HasPrefix(entry, "-") || strings.HasPrefix(entry, "@") || !printable(entry)) {
				t.Errorf("%s: entry point %q", id, entry)
			}
			if err != nil && !printable(err.Error()) {
				t.Errorf("%s: error %q", id, err)
			}
		}
		if all := strings.Join(codeWords(string(data)), ""); len(all) > len(data) {
			t.Errorf("%d bytes of words from %d bytes", len(all), len(data))
		}
	})
}

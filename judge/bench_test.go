package judge

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"judge/problems"
)

const trivial = "int puts(const char *);\nint main(void) { puts(\"5\"); }\n"

// BenchmarkTest is one test of a trivial static program on one core, all included. Compare it with BenchmarkSpawn.
func BenchmarkTest(b *testing.B) {
	j := jailed(b)
	j.Cores = j.Cores[:1]
	problem := problemOf(b, "2 3\n", "5\n")
	test := problem.Tests[0]
	problem.Tests = nil
	for i := range b.N {
		test.Name = fmt.Sprint(i)
		problem.Tests = append(problem.Tests, test)
	}
	request := Request{Problem: problem, Submissions: []string{writeFile(b, filepath.Join(b.TempDir(), "main.c"), trivial)}}
	request.Observe = func(e Event) {
		if e.Compile != nil {
			b.ResetTimer()
		}
	}
	r, err := j.Judge(b.Context(), request)
	if err != nil || r.Submissions[0].Verdict != problems.AC {
		b.Fatalf("%+v, %v", r, err)
	}
}

// BenchmarkSpawn starts the same program plainly and waits for it.
func BenchmarkSpawn(b *testing.B) {
	dir := b.TempDir()
	source, program := writeFile(b, filepath.Join(dir, "main.c"), trivial), filepath.Join(dir, "main")
	if out, err := exec.Command("gcc", "-O2", "-static", "-o", program, source).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for b.Loop() {
		if err := exec.Command(program).Run(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTenCppSubmissions compiles ten programs that include <bits/stdc++.h>, with nothing in the cache, and runs each once. It is for
// comparison with BenchmarkTenCppPlain, the same commands one after another.
func BenchmarkTenCppSubmissions(b *testing.B) {
	paths := tenPrograms(b)
	problem := problemOf(b, "", "ok\n")
	for b.Loop() {
		j := jailed(b)
		if r := judgeAll(b, j, Request{Problem: problem, Submissions: paths}); r.Submissions[9].Verdict != problems.AC {
			b.Fatal(r.Submissions[9])
		}
	}
}

// BenchmarkTenCppPlain is what BenchmarkTenCppSubmissions is compared with.
func BenchmarkTenCppPlain(b *testing.B) {
	paths, product := tenPrograms(b), filepath.Join(b.TempDir(), "product")
	for b.Loop() {
		for _, path := range paths {
			if out, err := exec.Command("g++", "-x", "c++", "-g", "-O2", "-std=gnu++20", "-static", "-o", product, path).CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
		}
	}
}

func tenPrograms(b *testing.B) []string {
	b.Helper()
	var paths []string
	for i := range 10 {
		paths = append(paths, writeFile(b, filepath.Join(b.TempDir(), fmt.Sprintf("%d.cpp", i)), fmt.Sprintf(
			"#include <bits/stdc++.h>\nint main() { std::map<std::string, int> m; for (int i = 0; i < %d; i++) m[std::to_string(i)]++; std::cout << (m.size() == %d ? \"ok\" : \"no\") << std::endl; }\n", i, i)))
	}
	return paths
}

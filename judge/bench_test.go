package judge

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"judge/problems"
)

const trivial = "int puts(const char *);\nint main(void) { puts(\"5\"); }\n"

// BenchmarkTest is one test of a trivial static program on one core, all included. Compare it with BenchmarkSpawn.
func BenchmarkTest(b *testing.B) {
	j := jailed(b)
	j.Cores = j.Cores[:1]
	problem := problemOf(b, "2 3\n", "5\n")
	repeated(b, problem, b.N)
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

// Programs that say a number and wait for another, a hundred thousand times.
const (
	roundTrips = 100_000
	asking     = `#include <stdio.h>
int main(int argc, char **argv) { int n = 0; for (int i = 0; i < 100000; i++) { printf("%d\n", n); fflush(stdout); if (scanf("%d", &n) != 1) return 43; } return argc > 1 ? 42 : 0; }
`
	answering = `#include <stdio.h>
int main(void) { int n; while (scanf("%d", &n) == 1) { printf("%d\n", n + 1); fflush(stdout); } return 0; }
`
)

// BenchmarkInteraction is one interactive test of a hundred thousand round trips. Compare it with BenchmarkBareInteraction: the same two
// programs joined by two pipes, without jails, transcript or judge.
func BenchmarkInteraction(b *testing.B) {
	j := jailed(b)
	problem := problemOf(b, "\n", "\n")
	problem.Limits.Time, problem.Limits.Wall, problem.Limits.Output = time.Minute, 2*time.Minute, 64*problems.MiB
	problem.Limits.ValidationTime, problem.Limits.ValidationMemory, problem.Limits.ValidationOutput = time.Minute, 64*problems.MiB, 64*problems.MiB
	path := writeFile(b, filepath.Join(problem.Dir, "interactor", "asking.c"), asking)
	problem.Interactor = &problems.External{Path: path, Protocol: problems.ICPC}
	submission := writeFile(b, filepath.Join(b.TempDir(), "answering.c"), answering)
	request := Request{Problem: problem, Submissions: []string{submission}}
	judgeAll(b, j, request) // compiles
	for b.Loop() {
		if s := judgeAll(b, j, request).Submissions[0]; s.Verdict != problems.AC {
			b.Fatal(s)
		}
	}
	b.ReportMetric(roundTrips*float64(b.N)/b.Elapsed().Seconds(), "trips/s")
}

// BenchmarkBareInteraction is what BenchmarkInteraction is compared with.
func BenchmarkBareInteraction(b *testing.B) {
	dir := b.TempDir()
	var programs []string
	for name, source := range map[string]string{"asking": asking, "answering": answering} {
		program := filepath.Join(dir, name)
		if out, err := exec.Command("gcc", "-O2", "-o", program, writeFile(b, program+".c", source)).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		programs = append(programs, program)
	}
	slices.Sort(programs)
	for b.Loop() {
		answers, asks := exec.Command(programs[0]), exec.Command(programs[1])
		toAsking, fromAnswering, err := os.Pipe()
		if err != nil {
			b.Fatal(err)
		}
		toAnswering, fromAsking, err := os.Pipe()
		if err != nil {
			b.Fatal(err)
		}
		asks.Stdin, asks.Stdout, answers.Stdin, answers.Stdout = toAsking, fromAsking, toAnswering, fromAnswering
		if err := errors.Join(asks.Start(), answers.Start()); err != nil {
			b.Fatal(err)
		}
		for _, end := range []*os.File{toAsking, fromAnswering, toAnswering, fromAsking} {
			end.Close()
		}
		if err := errors.Join(asks.Wait(), answers.Wait()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(roundTrips*float64(b.N)/b.Elapsed().Seconds(), "trips/s")
}

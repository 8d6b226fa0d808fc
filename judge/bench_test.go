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

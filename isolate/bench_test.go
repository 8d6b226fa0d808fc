package isolate

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkJail runs a static program that does nothing, one run after another, in a fresh jail each. Compare it with
// BenchmarkPlain, the same program started without a jail in the same minutes:
//
//	go test -run '^$' -bench 'Jail|Plain' -count 10 ./isolate
func BenchmarkJail(b *testing.B) {
	program := trivial(b)
	pool, err := Open(Config{})
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	command := Command{
		Root: Root{Binds: []Bind{{filepath.Dir(program), "/prog"}}},
		Args: []string{"/prog/trivial"},
		Core: OnCore(pool.cores[len(pool.cores)-1]),
	}
	for b.Loop() {
		if outcome, err := pool.Run(context.Background(), command); err != nil || describe(outcome) != "Exited 0" {
			b.Fatalf("%s, %v", describe(outcome), err)
		}
	}
}

// BenchmarkPlain is what BenchmarkJail is compared with.
func BenchmarkPlain(b *testing.B) {
	program := trivial(b)
	for b.Loop() {
		if err := exec.Command(program).Run(); err != nil {
			b.Fatal(err)
		}
	}
}

func trivial(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	source := filepath.Join(dir, "trivial.c")
	if err := os.WriteFile(source, []byte("int main(void) { return 0; }\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	program := filepath.Join(dir, "trivial")
	if out, err := exec.Command("gcc", "-O2", "-static", "-o", program, source).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

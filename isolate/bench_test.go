package isolate

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkJail runs a static program that does nothing, one run after another, each in a fresh jail. Compare it with
// BenchmarkPlain, the same program without a jail, in the same minutes:
//
//	go test -run '^$' -bench 'Jail|Plain' -count 10 ./isolate
func BenchmarkJail(b *testing.B) {
	run := jailedTrivial(b)
	for b.Loop() {
		if err := run(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJailsOnAllCores is BenchmarkJail with as many concurrent runs as there are cores.
func BenchmarkJailsOnAllCores(b *testing.B) { onAllCores(b, jailedTrivial(b)) }

// BenchmarkPlain is the comparison for BenchmarkJail.
func BenchmarkPlain(b *testing.B) {
	program := trivial(b)
	for b.Loop() {
		if err := exec.Command(program).Run(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlainOnAllCores is the comparison for BenchmarkJailsOnAllCores.
func BenchmarkPlainOnAllCores(b *testing.B) {
	program := trivial(b)
	onAllCores(b, func() error { return exec.Command(program).Run() })
}

func onAllCores(b *testing.B, run func() error) {
	b.RunParallel(func(next *testing.PB) {
		for next.Next() {
			if err := run(); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func jailedTrivial(b *testing.B) (run func() error) {
	b.Helper()
	program := trivial(b)
	pool, err := Open(Config{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { pool.Close() })
	command := Command{
		Root: Root{Binds: []Bind{{Source: filepath.Dir(program), Target: "/prog", Copy: true}}},
		Args: []string{"/prog/trivial"},
	}
	return func() error {
		outcome, err := pool.Run(context.Background(), command)
		if err == nil && describe(outcome) != "Exited 0" {
			err = errors.New(describe(outcome))
		}
		return err
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

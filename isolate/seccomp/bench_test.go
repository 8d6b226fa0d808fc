package seccomp

import "testing"

// BenchmarkProgram builds the filter, which the first jail waits for.
func BenchmarkProgram(b *testing.B) {
	for b.Loop() {
		if _, err := (Config{Permit: testPermit}).Program(); err != nil {
			b.Fatal(err)
		}
	}
}

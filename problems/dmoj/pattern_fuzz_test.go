package dmoj

import (
	"testing"
	"time"
)

func FuzzCompilePattern(f *testing.F) {
	for _, seed := range []string{usualInput, `(a)(?P<case>\d)(b)\2`, `[a-z-[aeiou]+(?P<case>\d)`,
		`(x)?(?P<case>\d)(?(1)y|z)`, `(?P<case>\d{,2})x\Z`, `(){2147483647}`} {
		f.Add(seed, "case-1.in")
	}
	f.Fuzz(func(t *testing.T, written, name string) {
		p, err := compilePattern(written)
		if err != nil {
			return
		}
		p.left = 50 * time.Millisecond
		p.match(name) //nolint:errcheck // that it ends is what counts
	})
}

package problems

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// IsSample reports whether a test is a sample: it is declared as one, or belongs to a group or a folder of that name.
func (t TestCase) IsSample() bool {
	folder := path.Dir(filepath.ToSlash(cmp.Or(t.Listed.Input, t.Name)))
	names := append(strings.Split(folder, "/"), t.Groups...)
	return t.Sample || slices.Contains(names, "sample") || slices.Contains(names, "samples")
}

// Keep removes the tests for which keep returns false. Groups stay, even if they then hold no tests.
func (p *Problem) Keep(keep func(TestCase) bool) {
	var kept []TestCase
	at := map[int]int{} // new indexes of the kept tests by their old ones
	for i, t := range p.Tests {
		if keep(t) {
			at[i] = len(kept)
			kept = append(kept, t)
		}
	}
	p.Part = p.Part || len(kept) < len(p.Tests)
	p.Tests = kept
	p.Scoring = p.Scoring.part(at)
}

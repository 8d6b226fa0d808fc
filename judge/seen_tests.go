package judge

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"judge/isolate"
	"judge/problems"
)

// seenTests are the directories of tests that a checker sees. They are the same for all tests of a problem, which then share a root, and
// with it the preparation of jails.
type seenTests struct{ binds []isolate.Bind }

// whereTestsAre finds the deepest directory with all inputs and answers; where that holds more than the problem, and so more than a
// checker may see, the directories of the tests themselves.
func whereTestsAre(p *problems.Problem) seenTests {
	var dirs []string
	for _, t := range p.Tests {
		for _, path := range []string{t.Input, t.Answer} {
			if dir := filepath.Dir(path); !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
		}
	}
	if common := commonDir(dirs); common != "" && (within(common, p.Dir) || len(dirs) == 1) {
		return seenTests{[]isolate.Bind{{Source: common, Target: testsSeen}}}
	}
	var seen seenTests
	for i, dir := range dirs {
		seen.binds = append(seen.binds, isolate.Bind{Source: dir, Target: testsSeen + strconv.Itoa(i)})
	}
	return seen
}

// commonDir is the deepest directory that all are in.
func commonDir(dirs []string) string {
	if len(dirs) == 0 {
		return ""
	}
	common := dirs[0]
	for _, dir := range dirs {
		for !within(dir, common) {
			common = filepath.Dir(common)
		}
	}
	return common
}

// within reports whether a path is a directory or lies beneath it.
func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, "/")+"/")
}

// at is where a file is seen.
func (s seenTests) at(path string) (string, bool) {
	for _, b := range s.binds {
		if within(path, b.Source) {
			return filepath.Join(b.Target, strings.TrimPrefix(path, b.Source)), true
		}
	}
	return "", false
}

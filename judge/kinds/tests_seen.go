package kinds

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"judge/isolate"
	"judge/problems"
	"judge/problems/archive"
	"judge/problems/safefile"
)

// seenTests are the directories of tests that a checker sees. They are the same for all tests of a problem, so all
// jails share one prepared root.
type seenTests struct{ binds []isolate.Bind }

// whereTestsAre returns the deepest directory that contains all inputs and answers. If that contains more than the
// problem, it returns the directories of the tests instead. Directories elsewhere in the repository are never
// shown, because they may contain anything: such tests are copied.
func whereTestsAre(p *problems.Problem) seenTests {
	tops := []string{p.Dir}
	for _, held := range p.Held {
		if unpacked, ok := held.(*archive.Unpacked); ok {
			tops = append(tops, unpacked.Dir)
		}
	}
	var dirs []string
	for _, t := range p.Tests {
		for _, path := range []string{t.Input, t.Answer} {
			dir := filepath.Dir(path)
			if slices.Contains(dirs, dir) {
				continue
			}
			own := func(top string) bool { return within(dir, top) }
			if slices.ContainsFunc(tops, own) && !isRepository(dir) {
				dirs = append(dirs, dir)
			}
		}
	}
	if common := commonDir(dirs); common != "" && (within(common, p.Dir) && !isRepository(common) || len(dirs) == 1) {
		return seenTests{[]isolate.Bind{{Source: common, Target: testsSeen}}}
	}
	var seen seenTests
	for i, dir := range dirs {
		seen.binds = append(seen.binds, isolate.Bind{Source: dir, Target: testsSeen + strconv.Itoa(i)})
	}
	return seen
}

// isRepository reports whether a directory is the root of a git repository, which may hold the user's secrets.
func isRepository(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}

// commonDir returns the deepest directory that contains all of the paths.
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

// within reports whether a path is a directory or lies below it.
func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, "/")+"/")
}

// handed is the directory, in the working directory, of copies of files that users of jails may not read in place.
const handed = "judge-tests"

// show returns the path at which a program sees a file of a test. A file outside the directories, or one that
// users of jails cannot read because of its mode, is copied into the working directory under the name: a mode must
// not change a verdict.
func (s seenTests) show(path, name string) (seen string, copies []isolate.File, err error) {
	if seen, ok := s.at(path); ok && s.readableByAll(path) {
		return seen, nil, nil
	}
	data, err := safefile.ReadFile(path, int64(maxExtra))
	if err != nil {
		return "", nil, err
	}
	name = handed + "/" + name
	return isolate.WorkDir + "/" + name, []isolate.File{{Name: name, Data: data}}, nil
}

// maxHanded is the size of the largest file outside the directories that is copied, in bytes. A bind costs a root of
// its own, and a copy counts as the program's memory.
const maxHanded = 16 << 20

// largeElsewhere returns the bind that shows a large file outside the directories, such as a test that was made; false:
// show shows it.
func (s seenTests) largeElsewhere(path, name string) (isolate.Bind, bool) {
	if _, inside := s.at(path); inside {
		return isolate.Bind{}, false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() <= maxHanded || info.Mode()&0o004 == 0 {
		return isolate.Bind{}, false
	}
	return isolate.Bind{Source: path, Target: testsSeen + "-" + name}, true
}

// readableByAll reports whether every user can read a file. A missing file counts as readable: its mode is not the
// problem.
func (s seenTests) readableByAll(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return true
	}
	const read, enter = 0o004, 0o001
	if info.Mode()&read == 0 {
		return false
	}
	top := slices.IndexFunc(s.binds, func(b isolate.Bind) bool { return within(path, b.Source) })
	for dir := filepath.Dir(path); within(dir, s.binds[top].Source); dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode()&enter == 0 {
			return false
		}
	}
	return true
}

// at returns the path at which a file is seen.
func (s seenTests) at(path string) (string, bool) {
	for _, b := range s.binds {
		if within(path, b.Source) {
			return filepath.Join(b.Target, strings.TrimPrefix(path, b.Source)), true
		}
	}
	return "", false
}

package repository

import (
	"bytes"
	"encoding/binary"
	"path"
	"path/filepath"
	"strings"

	"judge/problems/safefile"
)

// gitRepository is a git repository as far as a search needs it. It reads git's files itself: git would run programs
// that the repository's configuration names. A nil one tracks nothing.
type gitRepository struct {
	root    string          // real path of the work tree
	dir     string          // git's own directory of this work tree
	tracked map[string]bool // paths in the index and the directories above them; nil: not read yet
}

// Bounds of git's files, in bytes.
const (
	maxIndex   = 256 << 20
	maxGitFile = 4 << 10
)

// findGit returns the repository that holds a directory, which is a real path; nil: none that can be trusted does.
func findGit(dir string) *gitRepository {
	if root := safefile.Repository(dir); root != "" {
		return openGit(root)
	}
	return nil
}

// openGit returns the repository whose work tree is at a directory. In a worktree and a submodule, .git is a file that
// names another directory.
func openGit(root string) *gitRepository {
	g := &gitRepository{root: root, dir: filepath.Join(root, ".git")}
	if to, ok := strings.CutPrefix(gitLine(g.dir), "gitdir: "); ok {
		g.dir = join(root, to)
	}
	if real, err := safefile.Real(g.dir); err == nil {
		g.dir = real
	}
	return g
}

// exclude returns the path of the ignore file that is not in the work tree. Worktrees share it.
func (g *gitRepository) exclude() string {
	common := g.dir
	if to := gitLine(filepath.Join(g.dir, "commondir")); to != "" {
		common = join(g.dir, to)
	}
	return filepath.Join(common, "info", "exclude")
}

// gitLine returns the line of one of git's small files; "": it cannot be read.
func gitLine(path string) string {
	data, err := safefile.ReadFile(path, maxGitFile)
	if err != nil {
		return ""
	}
	return strings.TrimRight(string(data), "\r\n")
}

func join(dir, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

// tracks reports whether a path, or something beneath it, is in the index.
func (g *gitRepository) tracks(full string) bool {
	if g == nil {
		return false
	}
	if g.tracked == nil {
		g.tracked = map[string]bool{}
		if data, err := safefile.ReadFile(filepath.Join(g.dir, "index"), maxIndex); err == nil {
			g.tracked = trackedIn(data)
		}
	}
	inner, err := filepath.Rel(g.root, full)
	return err == nil && g.tracked[filepath.ToSlash(inner)]
}

// trackedIn returns the paths in an index and the directories above them. A damaged index counts as far as it can be
// read (git-scm.com, "gitformat-index").
func trackedIn(data []byte) map[string]bool {
	const header, fixed = 12, 62 // bytes: of the index, of an entry before its name
	all := map[string]bool{}
	if len(data) < header || !bytes.HasPrefix(data, []byte("DIRC")) {
		return all
	}
	version, entries := binary.BigEndian.Uint32(data[4:]), binary.BigEndian.Uint32(data[8:])
	if version < 2 || version > 4 {
		return all
	}
	rest, before := data[header:], []byte(nil)
	for range entries {
		start := fixed
		if len(rest) > fixed && version > 2 && rest[fixed-2]&0x40 != 0 {
			start += 2 // extended flags
		}
		if len(rest) < start {
			return all
		}
		name := rest[start:]
		if version == 4 { // the name shares all but the last bytes of the one before
			drop, size := offset(name)
			if size == 0 || drop > len(before) {
				return all
			}
			start += size
			name = name[size:]
			before = before[:len(before)-drop]
		}
		end := bytes.IndexByte(name, 0)
		if end < 0 {
			return all
		}
		if version == 4 {
			name = append(before[:len(before):len(before)], name[:end]...)
			before = name
			start += end + 1
		} else {
			name = name[:end]
			start = (start + end + 8) &^ 7 // 1 to 8 zeros
		}
		for at := path.Clean(string(name)); at != "." && !all[at]; at = path.Dir(at) {
			all[at] = true
		}
		rest = rest[min(start, len(rest)):]
	}
	return all
}

// offset reads a number in the encoding of offsets in packs, and returns its size in bytes; 0 if it is cut off.
func offset(data []byte) (value, size int) {
	for i, b := range data[:min(len(data), 5)] {
		if i > 0 {
			value = (value + 1) << 7
		}
		value |= int(b & 0x7f)
		if b&0x80 == 0 {
			return value, i + 1
		}
	}
	return 0, 0
}

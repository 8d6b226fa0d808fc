package verify

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"judge/problems"
)

// inputOf returns the path of a test's input in the package, with links unresolved.
func (w *verification) inputOf(t problems.TestCase) string { return w.listed(t.Listed.Input, t.Input) }

// answerOf returns the path of a test's answer in the package, with links unresolved.
func (w *verification) answerOf(t problems.TestCase) string {
	return w.listed(t.Listed.Answer, t.Answer)
}

func (w *verification) listed(name, path string) string {
	if name == "" {
		return path
	}
	return filepath.Join(w.problem.Dir, name)
}

// nameOf returns a submission's path in the package, with links unresolved.
func (w *verification) nameOf(s problems.Submission) string {
	if s.Listed != "" {
		return filepath.Clean(s.Listed)
	}
	return w.short(s.Path)
}

// short returns a file's path relative to the problem's directory.
func (w *verification) short(path string) string {
	if relative, err := filepath.Rel(w.problem.Dir, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

// identity tells files apart: links and hard links to a file have that of the file.
func identity(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return path
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf("%d:%d", stat.Dev, stat.Ino)
	}
	return path
}

// once are the tests that differ by a key, in order. Of several with one key it has that whose input lies where it is
// listed, as links are other names of it; else the first.
func (w *verification) once(tests []problems.TestCase, key func(problems.TestCase) string) []problems.TestCase {
	var kept []problems.TestCase
	at := map[string]int{}
	for _, t := range tests {
		k := key(t)
		i, known := at[k]
		switch {
		case !known:
			at[k] = len(kept)
			kept = append(kept, t)
		case w.inputOf(kept[i]) != kept[i].Input && w.inputOf(t) == t.Input:
			kept[i] = t
		}
	}
	return kept
}

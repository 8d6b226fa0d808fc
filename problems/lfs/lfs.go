// Package lfs finds files that Git Large File Storage has not fetched. A checkout without them has small pointer files
// in their place, and a problem with one is not the problem that its authors wrote.
package lfs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"judge/problems"
	"judge/problems/safefile"
)

// ErrPointer is the error about a file that is a pointer.
var ErrPointer = errors.New("a Git LFS pointer: expected the file itself")

// Hint is the hint of an error about a pointer.
const Hint = "run git lfs pull; in GitHub Actions, set lfs: true for actions/checkout"

// A pointer's size, in bytes ("The Pointer" in the specification of Git LFS): two lines that have fixed lengths and the
// beginning of a third at least, and less than a kibibyte.
const (
	leastSize = 120
	mostSize  = 1024
)

// In reports whether an open file is a pointer. It does not move the file's offset.
func In(file io.ReaderAt) bool {
	head := make([]byte, mostSize)
	n, err := file.ReadAt(head, 0)
	head = head[:n]
	return errors.Is(err, io.EOF) && bytes.HasPrefix(head, []byte("version https://git-lfs.github.com/spec/v1\n")) &&
		bytes.Contains(head, []byte("\noid sha256:"))
}

// At reports whether a pointer is at a path that safefile.Open can open.
func At(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() < leastSize || info.Size() >= mostSize {
		return false
	}
	file, err := safefile.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	return In(file)
}

// Check returns the error about pointers among the files that judging a problem needs, nil without them. It names
// the first file relative to root, where the user finds the problem.
func Check(p *problems.Problem, root string) error {
	for _, r := range p.Remarks { // settings that the reader did without
		if err := Explain(r); err != error(r) {
			return err
		}
	}
	first, more := "", 0
	seen := map[string]bool{}
	each(p, func(path string) {
		switch {
		case seen[path]:
		case !At(path):
		case first == "":
			first = path
		default:
			more++
		}
		seen[path] = true
	})
	if first == "" {
		return nil
	}
	name := listed(p, first)
	if filepath.IsAbs(name) {
		root = ""
	}
	msg := filepath.Base(name) + " is a Git LFS pointer: expected the file itself"
	if more > 0 {
		msg = fmt.Sprintf("%s and %d more are Git LFS pointers: expected the files themselves",
			filepath.Base(name), more)
	}
	return &problems.Error{File: filepath.Join(root, name), Msg: msg, Hint: Hint}
}

// listed returns a file's name in the problem's directory. For a file that a link leads to elsewhere, that is the name
// of the link. A file without such a name keeps its path.
func listed(p *problems.Problem, path string) string {
	if name, err := filepath.Rel(p.Dir, path); err == nil && filepath.IsLocal(name) {
		return name
	}
	for _, t := range p.Tests {
		switch {
		case path == t.Input && t.Listed.Input != "":
			return t.Listed.Input
		case path == t.Answer && t.Listed.Answer != "":
			return t.Listed.Answer
		}
	}
	for _, s := range p.Submissions {
		if path == s.Path && s.Listed != "" {
			return s.Listed
		}
	}
	return path
}

// Explain returns a reader's error, replaced by one about a pointer if the file that it names is one.
func Explain(err error) error {
	fault, ok := errors.AsType[*problems.Error](err)
	if !ok {
		return err
	}
	if real, unknown := safefile.Real(fault.File); unknown != nil || !At(real) {
		return err
	}
	return &problems.Error{File: fault.File, Msg: ErrPointer.Error(), Hint: Hint}
}

// each calls a function with every file that judging may read.
func each(p *problems.Problem, visit func(path string)) {
	for _, t := range p.Tests {
		visit(t.Input)
		visit(t.Answer)
		beneath(t.ExtraFiles, visit)
	}
	for _, s := range p.Samples {
		visit(s.Input)
		visit(s.Answer)
		visit(s.Output)
	}
	for _, path := range programs(p) {
		beneath(path, visit)
	}
}

// programs returns the paths of a problem's own programs and of its submissions.
func programs(p *problems.Problem) []string {
	var paths []string
	external := func(e *problems.External) {
		for ; e != nil; e = e.Also {
			paths = append(paths, e.Path)
		}
	}
	external(p.Checker.External)
	external(p.Interactor)
	if p.Manager != nil {
		external(&p.Manager.External)
	}
	for _, program := range p.Scoring.Programs() {
		external(program)
	}
	if p.Grader != nil {
		for _, id := range slices.Sorted(maps.Keys(p.Grader.Files)) {
			paths = append(paths, p.Grader.Files[id]...)
		}
	}
	for _, v := range p.InputValidators {
		paths = append(paths, v.Path)
	}
	for _, v := range p.AnswerValidators {
		paths = append(paths, v.Path)
	}
	for _, s := range p.Submissions {
		paths = append(paths, s.Path)
	}
	return paths
}

// mostBeneath bounds the files that are checked for each program and each test.
const mostBeneath = 2000

// beneath visits a file, or the files beneath a directory. Links in it are not followed.
func beneath(path string, visit func(path string)) {
	if path == "" {
		return
	}
	n := 0
	//nolint:errcheck // opening the file reports the error
	filepath.WalkDir(path, func(at string, entry fs.DirEntry, err error) error {
		if n++; err != nil || n > mostBeneath {
			return fs.SkipAll
		}
		if !entry.IsDir() {
			visit(at)
		}
		return nil
	})
}

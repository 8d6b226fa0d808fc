package repository

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"judge/problems/formats"
	"judge/problems/safefile"
)

// History remembers how far each problem was verified, by the content of its files and by the judge that verified it.
// It only orders the work: problems that it does not remember come first. A nil one remembers nothing.
//
//	DIR/KEY.verified
type History struct {
	dir   *safefile.Dir
	judge string
}

// OpenHistory returns the history in a directory of the cache, nil without a directory or a judge. judge identifies the
// judge.
func OpenHistory(dir *safefile.Dir, judge string) *History {
	if dir == nil || judge == "" {
		return nil
	}
	return &History{dir, judge}
}

// progress says how far a problem was verified. Smaller values come first.
type progress uint8

const (
	unknown progress = iota // never started with these files by this judge
	cut                     // started and interrupted
	whole                   // verified completely
)

// Work is a problem in the order of work.
type Work struct {
	Index int // in the paths

	key    string
	before progress
	last   time.Time
}

// Order returns the problems in the order in which to verify them: first those never started, then those interrupted,
// then those verified completely. In each class the oldest come first, so that runs which are always interrupted reach
// all problems.
func (h *History) Order(ctx context.Context, paths []string) []Work {
	all := make([]Work, len(paths))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(paths); i = int(next.Add(1)) - 1 {
				all[i] = Work{Index: i}
				if h != nil && len(paths) > 1 && ctx.Err() == nil {
					all[i] = h.recall(i, paths[i])
				}
			}
		})
	}
	workers.Wait()
	slices.SortStableFunc(all, func(a, b Work) int {
		return cmp.Or(cmp.Compare(a.before, b.before), a.last.Compare(b.last))
	})
	return all
}

func (h *History) recall(i int, path string) Work {
	w := Work{Index: i, key: h.key(path)}
	info, err := h.dir.Lstat(w.name())
	switch {
	case err != nil || !info.Mode().IsRegular():
	case info.Size() == 0:
		w.before, w.last = whole, info.ModTime()
	default:
		w.before, w.last = cut, info.ModTime()
	}
	return w
}

func (w Work) name() string { return w.key + ".verified" }

// Note remembers that a problem was verified, completely or until an interruption.
func (h *History) Note(w Work, asWhole bool) {
	if h == nil || w.key == "" {
		return
	}
	const flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC | syscall.O_NOFOLLOW | syscall.O_NONBLOCK
	file, err := h.dir.OpenFile(w.name(), flags, 0o600)
	if err != nil {
		return // it comes first again
	}
	defer file.Close()
	if !asWhole {
		file.WriteString("cut\n") //nolint:errcheck // as above
	}
	now := time.Now()
	h.dir.Chtimes(w.name(), now, now) //nolint:errcheck // as above
}

// Bounds of the files that are read for a key.
const (
	keyFiles = 100_000
	keyBytes = 64 << 10 // of one file: a later change that keeps its size only affects the order
)

// key identifies a problem by the names, sizes and beginnings of its files. Modification times would differ in every
// checkout.
func (h *History) key(path string) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q\n", h.judge)
	top := path
	if info, err := os.Stat(path); err == nil && !info.IsDir() && !formats.IsArchive(path) {
		top = filepath.Dir(path)
		fmt.Fprintf(sum, "%q\n", filepath.Base(path))
	}
	if real, err := safefile.Real(top); err == nil {
		top = real
	}
	files, buffer := 0, make([]byte, keyBytes/2)
	err := filepath.WalkDir(top, func(name string, e fs.DirEntry, err error) error {
		if files++; files > keyFiles {
			return fs.SkipAll
		}
		if err != nil || e.IsDir() {
			return nil //nolint:nilerr // the readers report it
		}
		fmt.Fprintf(sum, "%q", strings.TrimPrefix(name, top))
		if target, err := os.Readlink(name); err == nil {
			fmt.Fprintf(sum, "->%q", target)
			name, _ = safefile.Real(name) //nolint:errcheck // the text of the link is in the key
		}
		file, err := safefile.Open(name)
		if err != nil {
			return nil //nolint:nilerr // as above
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil {
			fmt.Fprintf(sum, " %d\n", info.Size())
			io.CopyBuffer(sum, io.LimitReader(file, keyBytes), buffer) //nolint:errcheck // as above
		}
		return nil
	})
	if err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

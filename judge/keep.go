package judge

import (
	"bytes"
	"context"
	"io"
	"os"
	"sync"

	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/safefile"
)

// Keeper stores the files of failed tests. Put is called by one goroutine at a time. *report.Folder is one.
type Keeper interface {
	Put(submission, test string, files []report.KeptFile)
}

// whole holds all that a program wrote in one run, in a file without a name.
type whole struct{ stdout, stderr *bounded }

// newWhole returns room for at most limit bytes of each stream.
func newWhole(limit problems.Bytes) (*whole, error) {
	stdout, err := newBounded(limit)
	if err != nil {
		return nil, err
	}
	stderr, err := newBounded(limit)
	if err != nil {
		stdout.file.Close()
		return nil, err
	}
	return &whole{stdout, stderr}, nil
}

// streams returns the writers for a run; nil of a nil whole.
func (w *whole) streams() *kinds.Streams {
	if w == nil {
		return nil
	}
	return &kinds.Streams{Stdout: w.stdout, Stderr: w.stderr}
}

// close drops the content. It does nothing for a nil whole.
func (w *whole) close() {
	if w != nil {
		w.stdout.file.Close()
		w.stderr.file.Close()
	}
}

// bounded is a file that keeps the first bytes that are written to it. It is safe for concurrent use.
type bounded struct {
	mu     sync.Mutex
	file   *os.File
	left   int64
	failed error
}

func newBounded(limit problems.Bytes) (*bounded, error) {
	file, err := os.CreateTemp("", "judge-output-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close()
		return nil, err
	}
	return &bounded{file: file, left: int64(limit)}, nil
}

// Write never fails: an error shows when the file is read.
func (b *bounded) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if part := data[:min(int64(len(data)), b.left)]; b.failed == nil && len(part) > 0 {
		var n int
		n, b.failed = b.file.Write(part)
		b.left -= int64(n)
	}
	return len(data), nil
}

// read returns the content. It is read once.
func (b *bounded) read() (io.ReadCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed != nil {
		return nil, b.failed
	}
	if _, err := b.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.NopCloser(b.file), nil
}

// attempt carries out a test once. With a Keeper it returns what the program wrote; the caller closes it.
func (s *session) attempt(ctx context.Context, k kinds.Kind, a kinds.Attempt) (decide.Facts, *whole) {
	var w *whole
	if s.keep != nil {
		var err error
		if w, err = newWhole(s.outputLimit); err != nil {
			return decide.Facts{Core: a.Core, Err: err}, nil
		}
		a.Keep = w.streams()
	}
	return k.Test(ctx, a), w
}

// faster is decide.Faster for two runs with what they wrote. It closes the other one's.
func faster(first decide.Facts, w *whole, again decide.Facts, wAgain *whole) (decide.Facts, *whole) {
	best := decide.Faster(first, again)
	if again.Run != nil && best.Run == again.Run {
		w, wAgain = wAgain, w
	}
	wAgain.close()
	return best, w
}

// hold keeps what a program wrote until its test is settled.
func (c *column) hold(t int, w *whole) {
	if w == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wholes == nil {
		c.wholes = map[int]*whole{}
	}
	c.wholes[t] = w
}

// take returns what hold has kept; nil: nothing.
func (c *column) take(t int) *whole {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := c.wholes[t]
	delete(c.wholes, t)
	return w
}

// storeFiles hands the files of a failed test to the Keeper.
func (s *session) storeFiles(c *column, t int, result report.Test) {
	w := c.take(t)
	defer w.close()
	if s.keep == nil || !failed(result) {
		return
	}
	test := c.prepared.problem.Tests[t]
	opened := func(path string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return safefile.Open(path) }
	}
	files := []report.KeptFile{{Extension: "in", From: opened(test.Input)}, {Extension: "ans", From: opened(test.Answer)}}
	if w != nil && result.Output != nil {
		files = append(files, report.KeptFile{Extension: "out", From: w.stdout.read})
	}
	if w != nil {
		files = append(files, report.KeptFile{Extension: "err", From: w.stderr.read})
	}
	if result.Interaction != "" {
		files = append(files, report.KeptFile{Extension: "log", From: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader([]byte(result.Interaction))), nil
		}})
	}
	s.keep.Put(c.result.Path, test.Name, files)
}

// failed reports whether a test ran and was not accepted.
func failed(t report.Test) bool { return t.Verdict != problems.AC && t.Verdict != problems.SKIP }

// addHeads adds the excerpts of the files of a failed test.
func (p *Prepared) addHeads(t problems.TestCase, result *report.Test) {
	if failed(*result) {
		result.Input, result.Answer = p.headOf(t.Input), p.headOf(t.Answer)
	}
}

// headOf returns the beginning of a file, which all reports of it share; nil if it cannot be read.
func (p *Prepared) headOf(path string) *string {
	if known, ok := p.heads.Load(path); ok {
		return known.(*string) //nolint:forcetypeassert // nothing else is stored
	}
	file, err := safefile.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, report.HeadBytes+1))
	if err != nil {
		return nil
	}
	head := report.Head(data)
	known, _ := p.heads.LoadOrStore(path, &head)
	return known.(*string) //nolint:forcetypeassert // nothing else is stored
}

package verify

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/text"
)

// tests looks for duplicate inputs, and for files next to tests that no test uses. Each file is read once, however many
// links lead to it.
func (w *verification) tests(ctx context.Context) error {
	w.done("test", len(w.problem.Tests))
	first, sums := map[string]problems.TestCase{}, map[string]string{}
	var same twins
	for _, t := range w.once(w.problem.Tests, told) {
		file := identity(t.Input)
		if _, known := sums[file]; !known {
			sum, err := hashOf(ctx, t.Input)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				w.find(Error, KindTest, t.Name, w.inputOf(t), "cannot read: "+text.Error(err))
			}
			sums[file] = sum
		}
		if sums[file] == "" {
			continue
		}
		key := fmt.Sprintf("%s%q%q%s", sums[file], t.RunArgs, t.Args, w.secretOf(ctx, t))
		if other, twice := first[key]; twice {
			same.add(w.problem, t, other)
		} else {
			first[key] = t
		}
	}
	w.twice(same)
	if !w.problem.Part { // the others may use it
		w.unused()
	}
	return nil
}

// secretOf returns the hash of a test's answer if the judging program derives the submission's input from it; else
// "".
func (w *verification) secretOf(ctx context.Context, t problems.TestCase) string {
	p := w.problem
	if t.Answer == "" || p.Interactor == nil && p.Manager == nil && p.Passes <= 1 {
		return ""
	}
	sum, err := hashOf(ctx, t.Answer)
	if err != nil {
		return "" // the test's run reports it
	}
	return sum
}

// told returns a key of the data that a test's programs get: its input, and their arguments.
func told(t problems.TestCase) string {
	return fmt.Sprintf("%s%q%q", identity(t.Input), t.RunArgs, t.Args)
}

// twins are pairs of tests whose inputs are two files with the same data.
type twins struct {
	pairs  []string // in words
	tests  []problems.TestCase
	meant  int // copies of samples among the other tests: an old convention
	reused int // copies of a test in a group with separate points: without links, there is no other way
}

func (s *twins) add(p *problems.Problem, t, other problems.TestCase) {
	switch {
	case t.Sample != other.Sample:
		s.meant++
	case p.Scoring.Groups() != nil && !slices.Equal(t.Groups, other.Groups):
		s.reused++
	default:
		s.pairs, s.tests = append(s.pairs, t.Name+" = "+other.Name), append(s.tests, t)
	}
}

// twice records the duplicate inputs.
func (w *verification) twice(s twins) {
	if s.meant > 0 {
		w.note(plural(s.meant, "copy of a sample input", "copies of sample inputs"))
	}
	if s.reused > 0 {
		w.note(plural(s.reused, "copy of an input in another group", "copies of inputs in other groups"))
	}
	if len(s.pairs) == 0 {
		return
	}
	subject := ""
	if len(s.pairs) == 1 {
		subject = s.tests[0].Name
	}
	message := fmt.Sprintf("%s: %s", plural(len(s.pairs), "duplicate input"), listNames(s.pairs, asItIs))
	w.find(Warning, KindTest, subject, w.inputOf(s.tests[0]), message)
}

// cancellable reads until the context ends: a file may be larger than anybody wants to wait for.
type cancellable struct {
	ctx  context.Context
	from io.Reader
}

// Read reads from the file; it returns the context's error once the context has ended.
func (c cancellable) Read(buffer []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(buffer)
}

// hashOf is the hash of a file.
func hashOf(ctx context.Context, path string) (string, error) {
	file, err := safefile.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	buffer := make([]byte, min(info.Size()+1, 32<<10)) // io.Copy would take the most for every small file
	if _, err := io.CopyBuffer(sum, cancellable{ctx, file}, buffer); err != nil {
		return "", err
	}
	return string(sum.Sum(nil)), nil
}

// unused finds files that look like tests and are not used by any.
func (w *verification) unused() {
	var dirs []string
	used := map[string]bool{}
	for _, t := range w.problem.Tests {
		for _, path := range []string{w.inputOf(t), w.answerOf(t)} {
			used[path] = true
			if dir := filepath.Dir(path); !slices.Contains(dirs, dir) && dir != w.problem.Dir {
				dirs = append(dirs, dir)
			}
		}
		used[t.Input], used[t.Answer] = true, true
	}
	for _, s := range w.problem.Samples {
		used[s.Input], used[s.Answer], used[s.Output] = true, true, true
	}
	slices.Sort(dirs)
	noted := map[string]bool{} // what the reader has left out, without the extension
	for _, r := range w.problem.Remarks {
		noted[strings.TrimSuffix(r.File, filepath.Ext(r.File))] = true
	}
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // its tests report it
		}
		for _, e := range entries {
			full := filepath.Join(dir, e.Name())
			looks := slices.Contains([]string{".in", ".ans", ".a"}, filepath.Ext(e.Name()))
			named := w.named(full)
			looks = looks && !noted[strings.TrimSuffix(named, filepath.Ext(named))]
			if looks && !used[full] && !e.IsDir() && e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
				w.findFor("unused", Finding{
					Severity: Warning, Check: KindTest, Subject: e.Name(), File: full,
					Message: "no test uses " + e.Name(),
				})
			}
		}
	}
}

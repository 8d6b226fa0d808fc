package judge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"judge/judge/report"
	"judge/problems"
	"judge/problems/safefile"
)

// settingKey names all that the results of a program on any test come from, but for the test and the limits on time.
func (w *judging) settingKey(p program) string {
	if p.key == "" {
		return ""
	}
	problem, l := w.request.Problem, w.request.Problem.Limits
	l.Time, l.Wall, l.CompilationTime, l.CompilationMemory, l.Code = 0, 0, 0, 0, 0
	setting := struct {
		Format            int
		Judge, Of         string
		Machine           report.Machine
		Program, Language string
		Run, Env          []string
		Externals         []string
		Compare           problems.Checker
		Talks             []any
		Limits            problems.Limits
		Files             problems.FileNames
		Passes, Processes int
		Work              []string // names of files in the working directory; what is in them is in Program
	}{
		1, w.judge.Verdicts.identity(), nameForLedgers(problem), w.judge.Machine, p.key, p.language.ID, p.plan.Run, p.plan.RunEnv, nil, problem.Checker, nil, l, problem.Files,
		problem.Passes, p.plan.Processes, namesOfFiles(besideProgram(p.plan)),
	}
	setting.Machine.Cores, setting.Machine.JudgeOn, setting.Machine.Exclusive, setting.Machine.Speed = nil, nil, false, 0
	setting.Compare.External = nil
	for _, e := range w.externals {
		if e.key == "" {
			return ""
		}
		setting.Externals = append(setting.Externals, e.key)
	}
	for _, e := range []*problems.External{problem.Checker.External, problem.Interactor} {
		if e != nil {
			setting.Talks = append(setting.Talks, e.Protocol, e.Args, e.Format)
		} else {
			setting.Talks = append(setting.Talks, nil)
		}
	}
	if m := problem.Manager; m != nil {
		setting.Talks = append(setting.Talks, m.Protocol, m.Args, m.Processes, m.Streams)
	}
	return hashOf(setting)
}

// nameForLedgers tells problems apart whose programs are the same: each has files of its own, as all lines of a file are
// read to find those of one problem.
func nameForLedgers(p *problems.Problem) string { return p.Name + "/" + filepath.Base(p.Dir) }

// executable is the digest of this judge's own program: another judge may judge otherwise, and the same one, built anew, does not. "" if it cannot be
// told.
func executable() string {
	file, err := os.Open("/proc/self/exe")
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func (v *Verdicts) identity() string {
	if v == nil {
		return ""
	}
	return v.judge
}

func hashOf(of any) string {
	sum := sha256.New()
	if json.NewEncoder(sum).Encode(of) != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// digests are those of files, each read once in a judging, whatever its names.
type digests struct {
	mu     sync.Mutex
	known  map[safefile.Stamp]string
	buffer []byte // for reading: most files are small, and there are very many
}

// of is a file's digest; "" if it cannot be read.
func (d *digests) of(path string) string {
	file, err := safefile.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	stamp, err := safefile.StampOfFile(file)
	if err != nil {
		return ""
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if sum, ok := d.known[stamp]; ok {
		return sum
	}
	if d.buffer == nil {
		d.buffer = make([]byte, 32<<10)
	}
	hash := sha256.New()
	if _, err := io.CopyBuffer(hash, struct{ io.Reader }{file}, d.buffer); err != nil {
		return ""
	}
	if d.known == nil {
		d.known = map[safefile.Stamp]string{}
	}
	d.known[stamp] = hex.EncodeToString(hash.Sum(nil))
	return d.known[stamp]
}

// testKey names a test by all that its result comes from.
func (w *judging) testKey(t problems.TestCase) string {
	if t.Beside != "" { // its files are not looked at for a key
		return ""
	}
	work := w.workKey(t)
	if work == "" {
		return ""
	}
	return hashOf([]any{work, w.scoreKey(t)})
}

// workKey names a test by all that a program's run on it comes from.
func (w *judging) workKey(t problems.TestCase) string {
	input, answer := w.digests.of(t.Input), w.digests.of(t.Answer)
	if input == "" || answer == "" {
		return ""
	}
	return hashOf([]any{input, answer, besideInput(t)})
}

// besideInput is what a run on a test comes from in addition to the two files.
func besideInput(t problems.TestCase) []any {
	return []any{t.Args, t.RunArgs, t.Checker, t.Beside, t.NeedsOutput}
}

// sameWork names the work of each test, where another test's may be the same: "" elsewhere. Files of different sizes
// need not be read for that.
func (w *judging) sameWork(ctx context.Context) []string {
	tests := w.request.Problem.Tests
	sizes, count := make([]string, len(tests)), map[string]int{}
	for i, t := range tests {
		sizes[i] = hashOf([]any{w.tests[t.Input].Size, w.tests[t.Answer].Size, besideInput(t)})
		count[sizes[i]]++
	}
	works := make([]string, len(tests))
	for i, t := range tests {
		if count[sizes[i]] > 1 && ctx.Err() == nil {
			works[i] = w.workKey(t)
		}
	}
	return works
}

// workOf is the work of a test for a program. Outputs that were submitted are each a test's own.
func (w *judging) workOf(p program, t int) string {
	if p.outputs != nil {
		return ""
	}
	return w.works[t]
}

// scoreKey is what scores of a test are held against, if they are.
func (w *judging) scoreKey(t problems.TestCase) (all []any) {
	p := w.request.Problem
	for _, g := range p.Groups {
		if p.ScoreRules && slices.Contains(t.Groups, g.Name) {
			all = append(all, g, len(membersOf(g.Name, p.Tests)))
		}
	}
	return all
}

// known takes a result that was kept, under the test's own name.
func (w *judging) known(i int, t problems.TestCase) (report.Test, bool) {
	l := w.ledgers[i]
	if l == nil {
		return report.Test{}, false
	}
	test, ok := l.find(w.testKey(t), w.request.Problem.Limits)
	test.Name, test.Group = t.Name, strings.Join(t.Groups, ", ")
	return test, ok
}

// openLedgers opens the kept results of every program.
func (w *judging) openLedgers() {
	w.ledgers = make([]*ledger, len(w.programs))
	for i, p := range w.programs {
		if w.judge.Verdicts != nil && p.ready() && p.outputs == nil {
			w.ledgers[i] = w.judge.Verdicts.open(w.settingKey(p))
		}
	}
}

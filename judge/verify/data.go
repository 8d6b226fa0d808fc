package verify

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge"
	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/text"
)

// tests looks for tests that are there twice, and for files beside them that no test uses.
func (w *verification) tests(ctx context.Context) error {
	w.done("test", len(w.problem.Tests))
	seen, used := map[string]string{}, map[string]bool{}
	for _, t := range w.problem.Tests {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		used[t.Input], used[t.Answer] = true, true
		sum, err := hashOf(ctx, t)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			w.find(Error, "test", t.Name, t.Input, "cannot be read: "+text.Error(err))
			continue
		}
		if first, twice := seen[sum]; twice && first != "" {
			w.find(Warning, "test", t.Name, t.Input, fmt.Sprintf("the input is that of test %q", first))
		} else {
			seen[sum] = t.Name
		}
	}
	w.unused(used)
	return nil
}

// cancellable reads until the context ends: a file may be larger than anybody wants to wait for.
type cancellable struct {
	ctx  context.Context
	from io.Reader
}

func (c cancellable) Read(buffer []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(buffer)
}

// hashOf is the hash of a test's input and of what its programs are told.
func hashOf(ctx context.Context, t problems.TestCase) (string, error) {
	file, err := safefile.Open(t.Input)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, cancellable{ctx, file}); err != nil {
		return "", err
	}
	fmt.Fprintf(sum, "%q%q", t.RunArgs, t.Args)
	return string(sum.Sum(nil)), nil
}

// unused finds files that look like tests and are none.
func (w *verification) unused(used map[string]bool) {
	var dirs []string
	for path := range used {
		if dir := filepath.Dir(path); !slices.Contains(dirs, dir) && dir != w.problem.Dir {
			dirs = append(dirs, dir)
		}
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
			continue // its tests have said so
		}
		for _, e := range entries {
			full := filepath.Join(dir, e.Name())
			looks := slices.Contains([]string{".in", ".ans", ".a"}, filepath.Ext(e.Name()))
			named := w.named(full)
			looks = looks && !noted[strings.TrimSuffix(named, filepath.Ext(named))]
			if looks && !used[full] && !e.IsDir() && e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
				w.find(Warning, "test", "", full, "no test uses this file")
			}
		}
	}
}

// junk are inputs and outputs that hardly any problem has.
func junk() []struct{ name, data string } {
	return []struct{ name, data string }{
		{"nothing", ""}, {"binary data", "\x00\xff\xfe\x01judge\x00"}, {"words", "this is no valid file of this problem -1 -1 x\n"},
	}
}

// inputs has the validators look at every input, at what they have to refuse, and at junk.
func (w *verification) inputs(ctx context.Context) error {
	if len(w.problem.InputValidators) == 0 {
		if strings.HasPrefix(w.problem.Format, "ICPC") {
			w.find(Warning, "input", "", "", "no input validator is there to be run")
		}
		return nil
	}
	var trials []judge.Trial
	var judged []func(judge.Tried)
	add := func(t judge.Trial, f func(judge.Tried)) { trials, judged = append(trials, t), append(judged, f) }
	for _, t := range w.problem.Tests {
		add(judge.Trial{Test: t}, func(r judge.Tried) {
			if !r.Accepted {
				w.find(Error, "input", t.Name, t.Input, fmt.Sprintf("the validator %s refuses the input: %s", r.By, r.Message))
			}
		})
	}
	for _, s := range w.problem.Samples {
		known := slices.ContainsFunc(w.problem.Tests, func(t problems.TestCase) bool { return t.Input == s.Input })
		if known || s.Answer != "" && !strings.HasPrefix(w.problem.Format, "ICPC") {
			continue
		}
		good := s.Good || s.Answer != "" // "Every input validator will be run on every test case defined in data."
		add(judge.Trial{Test: problems.TestCase{Name: s.Name, Input: s.Input, ValidatorArgs: s.ValidatorArgs, ValidatorArgsOf: s.ValidatorArgsOf}}, func(r judge.Tried) {
			switch {
			case r.Accepted && !good:
				w.find(Error, "input", s.Name, s.Input, "the validators accept an input that they have to refuse")
			case !r.Accepted && good:
				w.find(Error, "input", s.Name, s.Input, fmt.Sprintf("the validator %s refuses an input that it has to accept: %s", r.By, r.Message))
			}
		})
	}
	passed := map[string]bool{}
	for _, j := range junk() {
		data := []byte(j.data)
		add(judge.Trial{Test: w.problem.Tests[0], Data: data}, func(r judge.Tried) { passed[j.name] = r.Accepted && r.Err == nil })
	}
	results, err := w.Engine.Try(ctx, w.problem, trials)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.find(Error, "input", "", "", text.Error(err))
		return nil
	}
	w.triedAs("input", results)
	for i, r := range results {
		if errors.Is(r.Err, judge.ErrNotTried) {
			continue
		}
		if r.Err != nil && trials[i].Data == nil {
			w.find(Error, "input", trials[i].Test.Name, trials[i].Test.Input, text.Error(r.Err))
			continue
		}
		judged[i](r)
	}
	for _, j := range junk() {
		if passed[j.name] {
			w.find(Warning, "input", "", w.problem.InputValidators[0].Path, "the validators accept "+j.name+" as an input")
		}
	}
	return err
}

// triedAs notes how many trials of a kind there were, and how many of them are earlier ones'.
func (w *verification) triedAs(kind string, results []judge.Tried) {
	tried, known := 0, 0
	for _, r := range results {
		if !errors.Is(r.Err, judge.ErrNotTried) {
			tried++
		}
		if r.Cached {
			known++
		}
	}
	w.done(kind, tried)
	w.done("cached "+kind, known)
}

// answers has the answer validators look at every answer. They are no part of any standard, so that one that fails is a warning.
func (w *verification) answers(ctx context.Context) error {
	if len(w.problem.AnswerValidators) == 0 {
		return nil
	}
	var trials []judge.Trial
	for _, t := range w.problem.Tests {
		trials = append(trials, judge.Trial{Test: t, Answers: true})
	}
	results, err := w.Engine.Try(ctx, w.problem, trials)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.find(Warning, "answer", "", w.problem.AnswerValidators[0].Path, text.Error(err))
		return nil
	}
	w.triedAs("answer", results)
	for i, r := range results {
		t := trials[i].Test
		switch {
		case errors.Is(r.Err, judge.ErrNotTried):
		case r.Err != nil:
			w.find(Warning, "answer", t.Name, t.Answer, text.Error(r.Err))
		case !r.Accepted:
			w.find(Error, "answer", t.Name, t.Answer, fmt.Sprintf("the answer validator %s refuses the answer: %s", r.By, r.Message))
		}
	}
	return err
}

// outputs tries the problem's own checker: on answers, on samples and on junk.
func (w *verification) outputs(ctx context.Context) error {
	p := w.problem
	if p.Interactor != nil || p.Manager != nil || p.Passes > 1 {
		return nil // it judges a talk, and no output alone
	}
	var trials []judge.Trial
	var judged []func(judge.Tried)
	add := func(t judge.Trial, f func(judge.Tried)) {
		t.Checks = true
		trials, judged = append(trials, t), append(judged, f)
	}
	for _, s := range p.Samples {
		if s.Answer == "" {
			continue
		}
		test := problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer, Args: s.Args, Checker: s.Checker}
		add(judge.Trial{Test: test, Output: s.Output}, func(r judge.Tried) {
			if r.Accepted != s.Good {
				w.find(Error, "checker", s.Name, s.Output, map[bool]string{true: "the checker refuses an output that it has to accept" + saying(r.Message), false: "the checker accepts an output that it has to refuse"}[s.Good])
			}
		})
	}
	if p.Checker.External != nil {
		w.tryOutputs(add)
	}
	if len(trials) == 0 {
		return nil
	}
	results, err := w.Engine.Try(ctx, samplesToo(p), trials)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.find(Error, "checker", "", "", text.Error(err))
		return nil
	}
	w.triedAs("checker", results)
	for i, r := range results {
		if errors.Is(r.Err, judge.ErrNotTried) {
			continue
		}
		if r.Err != nil && trials[i].Test.Answer == trials[i].Test.Input {
			continue // an answer that is none may make it fail
		}
		if r.Err != nil {
			what := "on an output"
			if trials[i].Data != nil {
				what = fmt.Sprintf("on the output %.40q", trials[i].Data)
			}
			w.find(Error, "checker", trials[i].Test.Name, w.checkerPath(), "the checker failed "+what+": "+text.Error(r.Err))
			continue
		}
		judged[i](r)
	}
	return err
}

// saying is a program's message behind what it did; a comparison says nothing.
func saying(message string) string {
	if message == "" {
		return ""
	}
	return ": " + message
}

// samplesToo is the problem with its samples among the tests, so that the checker's jail shows them.
func samplesToo(p *problems.Problem) *problems.Problem {
	with := *p
	with.Tests = slices.Clone(p.Tests)
	for _, s := range p.Samples {
		if s.Answer != "" {
			with.Tests = append(with.Tests, problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer})
		}
	}
	return &with
}

func (w *verification) checkerPath() string {
	if e := w.problem.Checker.External; e != nil {
		return e.Path
	}
	return ""
}

// mostTries bounds on how many tests the checker is tried.
const mostTries = 20

// tryOutputs adds trials of the checker: an answer is a right output more often than not, junk is none, and the answer's place among the
// arguments is not that of the output.
func (w *verification) tryOutputs(add func(judge.Trial, func(judge.Tried))) {
	tests := w.problem.Tests[:min(len(w.problem.Tests), mostTries)]
	for _, t := range tests {
		if info, err := os.Stat(t.Answer); err == nil && info.Size() == 0 && w.problem.Checker.External != nil {
			continue // there is no answer
		}
		add(judge.Trial{Test: t, Output: t.Answer}, func(r judge.Tried) {
			if !r.Accepted {
				w.find(Warning, "checker", t.Name, w.checkerPath(), "the checker refuses the answer itself"+saying(r.Message))
			}
		})
	}
	accepts := 0
	for _, j := range junk() {
		t := tests[0]
		add(judge.Trial{Test: t, Data: []byte(j.data)}, func(r judge.Tried) {
			if !r.Accepted {
				return
			}
			accepts++
			w.find(Warning, "checker", t.Name, w.checkerPath(), "the checker accepts "+j.name+" as an output")
		})
	}
	// With the input in the answer's place and the answer in the output's: a checker that takes one for the other refuses this, and has
	// accepted junk.
	swapped := tests[0]
	swapped.Answer = swapped.Input
	add(judge.Trial{Test: swapped, Output: tests[0].Answer}, func(r judge.Tried) {
		if !r.Accepted && accepts == len(junk()) {
			w.find(Error, "checker", tests[0].Name, w.checkerPath(), "the checker seems to take the answer for the output: has it the right protocol?")
		}
	})
}

package stress

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"judge/judge"
	"judge/judge/generate"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/recipe"
	"judge/problems/text"
)

// search draws inputs until one fails or the time is over. All slots draw; a failure ends those with later numbers,
// so that the first of the sequence is found whatever the cores.
func (w *work) search(ctx context.Context) (*Found, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	over := time.Now().Add(w.Time)
	var next atomic.Int64
	var mu sync.Mutex
	var first *Found
	var failed error
	goesOn := func(i int64) bool {
		mu.Lock()
		defer mu.Unlock()
		return failed == nil && (first == nil || i < first.Draw) && ctx.Err() == nil && time.Now().Before(over)
	}
	var slots sync.WaitGroup
	for _, s := range w.slots {
		slots.Go(func() {
			for i := next.Add(1) - 1; goesOn(i); i = next.Add(1) - 1 {
				found, err := w.draw(ctx, s, i)
				mu.Lock()
				switch {
				case err != nil && failed == nil && ctx.Err() == nil:
					failed = err
					cancel()
				case err == nil && found != nil && (first == nil || found.Draw < first.Draw):
					first = found
				}
				mu.Unlock()
				w.observe(Progress{})
			}
		})
	}
	slots.Wait()
	if failed == nil && first == nil {
		failed = context.Cause(ctx)
	}
	return first, failed
}

func (w *work) observe(p Progress) {
	if w.Observe == nil || !w.ticks.due() {
		return
	}
	p.Drawn, p.Runs, p.Seconds = w.drawn.Load(), w.runs.Load(), time.Since(w.began).Seconds()
	w.Observe(p)
}

// draw makes the input with a number and judges all submissions on it. It returns nil if all are accepted.
func (w *work) draw(ctx context.Context, s slot, i int64) (*Found, error) {
	n := int64(len(w.Templates))
	part := share(i / n)
	if w.Slowest && i/n%2 == 1 {
		part = 1
	}
	t := w.Templates[i%n]
	r, err := recipe.DrawUpTo(t, rand.New(rand.NewPCG(w.Seed, uint64(i))), part)
	if err != nil {
		return nil, err
	}
	return w.examine(ctx, s, i, r, w.generators[t])
}

// examine makes the input of a recipe and judges all submissions on it.
func (w *work) examine(
	ctx context.Context, s slot, i int64, r *problems.Recipe, by *generate.Program,
) (*Found, error) {
	m, err := w.generate(ctx, s, by, r)
	if err != nil {
		return nil, err
	}
	test := w.test(s, r)
	if why, err := w.invalid(ctx, s, test, m.input); err != nil || why != "" {
		if why != "" {
			err = w.failure(r, "the validator rejects the input: "+why, nil)
		}
		return nil, err
	}
	answer, why, err := w.answer(ctx, s, m)
	if errors.Is(err, errNoAnswer) {
		return nil, &generate.Failure{
			Recipe: r, How: why,
			Doing: fmt.Sprintf("model solution %s on the input of %s", filepath.Base(w.model.Path), command(r)),
		}
	}
	if err != nil {
		return nil, err
	}
	w.drawn.Add(1)
	for k := range len(w.Submissions) + min(w.brute+1, 1) {
		result, err := w.judge(ctx, s, k, test)
		if err != nil {
			return nil, err
		}
		f := &Found{Draw: i, Recipe: r, Input: m.input, Answer: answer, Drew: len(m.input), Test: result}
		w.name(f, k)
		if result.Verdict != problems.AC {
			return f, nil
		}
		if w.Slowest && k < len(w.Submissions) {
			w.noteSlow(f)
		}
	}
	return nil, nil
}

func (w *work) name(f *Found, k int) {
	f.Compile, _ = w.trial.Compiled(k)
	f.Language = w.trial.Language(k)
	if f.Brute = k == w.brute; f.Brute {
		f.Submission = w.Brute
		return
	}
	f.Submission = w.Submissions[k]
}

// command returns the command of a recipe.
func command(r *problems.Recipe) string {
	return recipe.Join(slices.Concat([]string{filepath.Base(r.Program.Path)}, r.Program.Args, r.Args))
}

// Command returns the command that made the input, as a recipe has it.
func (f *Found) Command() string { return command(f.Recipe) }

// invalid returns why the validators reject an input; "": they accept it, or there is none.
func (w *work) invalid(ctx context.Context, s slot, test problems.TestCase, input []byte) (string, error) {
	if !w.trial.Validates(test) {
		return "", nil
	}
	w.runs.Add(1)
	result := w.trial.Validate(ctx, s.core, test, append([]byte{}, input...))
	if result.Err != nil || result.Accepted {
		return "", result.Err
	}
	return cmp.Or(result.Message, "rejected"), nil
}

// judge judges a submission on the files of a slot. A verdict that time decides is checked alone.
func (w *work) judge(ctx context.Context, s slot, k int, test problems.TestCase) (report.Test, error) {
	w.runs.Add(1)
	if w.Problem.Interactor != nil || w.Problem.Checker.External != nil {
		w.runs.Add(1)
	}
	try := judge.Try{Submission: k, Core: s.core, Test: test}
	result := w.trial.Run(ctx, try)
	if result.Verdict == problems.TLE && ctx.Err() == nil {
		try.Alone = true
		result = w.trial.Run(ctx, try)
	}
	if ctx.Err() != nil {
		return result, context.Cause(ctx)
	}
	if result.Verdict == problems.JE {
		return result, fmt.Errorf("judge error: %s", text.Line(cmp.Or(result.Message, string(result.Reason))))
	}
	return result, nil
}

// maxSlow is how many of the slowest inputs are measured again, alone.
const maxSlow = 5

func (w *work) noteSlow(f *Found) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.slow) == maxSlow && f.Test.CPUSeconds <= w.slow[maxSlow-1].Test.CPUSeconds {
		return
	}
	w.slow = append(w.slow, f)
	slices.SortStableFunc(w.slow, func(a, b *Found) int { return cmp.Compare(b.Test.CPUSeconds, a.Test.CPUSeconds) })
	w.slow = w.slow[:min(len(w.slow), maxSlow)]
}

// slowest measures the slowest inputs again, alone, and returns the slowest of them; nil: there is none.
func (w *work) slowest(ctx context.Context) (*Found, error) {
	var slowest *Found
	for _, f := range w.slow {
		if err := w.again(ctx, f); err != nil {
			return nil, err
		}
		if slowest == nil || f.Test.CPUSeconds > slowest.Test.CPUSeconds {
			slowest = f
		}
	}
	return slowest, nil
}

// again runs a submission alone on an input that was found, and stores its output.
func (w *work) again(ctx context.Context, f *Found) error {
	s := w.slots[0]
	answer, why, err := w.answer(ctx, s, made{f.Input, f.Answer})
	if errors.Is(err, errNoAnswer) {
		err = fmt.Errorf("the model solution answers the input once and then fails: %s", why)
	}
	if err != nil {
		return err
	}
	f.Answer = append([]byte{}, answer...)
	output := &report.Excerpt{Max: maxOutput}
	f.Test = w.trial.Run(ctx, judge.Try{
		Submission: w.indexOf(f), Core: s.core, Test: w.test(s, f.Recipe), Alone: true, Output: output,
	})
	w.runs.Add(1)
	f.Output = output.Bytes()
	input, expected, out := report.Head(f.Input), report.Head(f.Answer), report.Head(bytes.Clone(f.Output))
	f.Test.Input, f.Test.Answer, f.Test.Output = &input, &expected, &out
	return ctx.Err()
}

// maxOutput bounds the output of a counterexample that is stored, in bytes.
const maxOutput = 1 << 20

func (w *work) indexOf(f *Found) int {
	if f.Brute {
		return w.brute
	}
	return slices.Index(w.Submissions, f.Submission)
}

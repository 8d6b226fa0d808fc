package stress

import (
	"context"
	"math/rand/v2"
	"sync"

	"judge/problems"
	"judge/problems/recipe"
)

// shrink makes an input that was found smaller: first by smaller numbers of the template's ranges, which the setter
// has declared valid, and then by edits of the input.
//
// An edited input may be invalid, and then proves nothing: whatever the submission does with it is right. So edits
// need an input validator. The model solution notices next to nothing, and a second solution does not help: two
// programs that read alike agree on an input that is cut off, even on an empty one. With a validator, a second solution
// still has to agree with the model solution on each edited input.
func (w *work) shrink(ctx context.Context, f *Found) error {
	limited, cancel := context.WithTimeout(ctx, w.Time)
	defer cancel()
	if err := w.redraw(limited, f); err != nil && limited.Err() == nil {
		return err
	}
	test := w.test(w.slots[0], f.Recipe)
	switch {
	case f.Recipe.Answer.Origin != problems.FromModel: // the generator makes the answer: no other input has one
		w.notes = append(w.notes, "the generator makes the answers: the input was shrunk by smaller arguments only")
	case w.trial.Validates(test):
		w.edit(limited, f)
	default:
		w.notes = append(w.notes, "no input validator reads the input: it was shrunk by smaller arguments only")
	}
	return w.again(ctx, f)
}

// redraws is the number of draws for each size that shrinking tries.
const redraws = 24

// redraw looks for a failing input with smaller arguments.
func (w *work) redraw(ctx context.Context, f *Found) error {
	n := int64(len(w.Templates))
	t, part := w.Templates[f.Draw%n], share(f.Draw/n)
	for k, size := range []float64{0, 1. / 64, 1. / 16, 1. / 8, 1. / 4, 1. / 2} {
		if size >= part {
			return nil
		}
		var all []*problems.Recipe
		for i := range redraws {
			random := rand.New(rand.NewPCG(w.Seed, 1<<63|uint64(k*redraws+i)))
			r, err := recipe.DrawUpTo(t, random, size*part)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
		found := make([]*Found, len(all))
		at := w.firstOf(ctx, len(all), func(ctx context.Context, s slot, i int) bool {
			var err error
			found[i], err = w.examine(ctx, s, f.Draw, all[i], w.generators[t])
			return err == nil && found[i] != nil && found[i].Submission == f.Submission &&
				found[i].Test.Verdict == f.Test.Verdict && smaller(string(found[i].Input), string(f.Input))
		})
		if at >= 0 {
			f.Input, f.Answer, f.Recipe = found[at].Input, found[at].Answer, all[at]
			return nil
		}
	}
	return ctx.Err()
}

// firstOf calls do for the numbers below n on all slots, and returns the least for which it is true; -1: none, or ctx
// has ended.
func (w *work) firstOf(ctx context.Context, n int, do func(ctx context.Context, s slot, i int) bool) int {
	var mu sync.Mutex
	next, first := 0, n
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1, next-1 < first && ctx.Err() == nil
	}
	var slots sync.WaitGroup
	for _, s := range w.slots {
		slots.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				if do(ctx, s, i) {
					mu.Lock()
					first = min(first, i)
					mu.Unlock()
				}
			}
		})
	}
	slots.Wait()
	if first == n {
		return -1
	}
	return first
}

// edit shrinks the text of an input.
func (w *work) edit(ctx context.Context, f *Found) {
	target := w.indexOf(f)
	s := shrinker{batch: 2 * len(w.slots), failing: func(ctx context.Context, all []string) int {
		w.observe(Progress{Shrinking: true, Bytes: len(all[0])})
		return w.firstOf(ctx, len(all), func(ctx context.Context, s slot, i int) bool {
			return w.failsOn(ctx, s, f, target, []byte(all[i]))
		})
	}}
	if smallest := s.shrink(ctx, string(f.Input)); smallest != string(f.Input) {
		f.Input, f.Answer, f.Edited = []byte(smallest), nil, true
	}
}

// failsOn reports whether an edited input is valid, and the submission fails on it as on the one that was found.
func (w *work) failsOn(ctx context.Context, s slot, f *Found, target int, input []byte) bool {
	test := w.test(s, f.Recipe)
	if why, err := w.invalid(ctx, s, test, input); err != nil || why != "" {
		return false
	}
	if _, _, err := w.answer(ctx, s, made{input: input}); err != nil {
		return false
	}
	if w.brute >= 0 && target != w.brute {
		if result, err := w.judge(ctx, s, w.brute, test); err != nil || result.Verdict != problems.AC {
			return false
		}
	}
	result, err := w.judge(ctx, s, target, test)
	return err == nil && result.Verdict == f.Test.Verdict
}

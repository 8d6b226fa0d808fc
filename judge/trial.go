package judge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/cores"
	"judge/judge/kinds"
	"judge/judge/once"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/lineends"
	"judge/problems/safefile"
	"judge/problems/text"
)

// Trial is one thing on which a problem's own programs are tried: an input for its validators, or an output for its
// checker.
type Trial struct {
	// Test has the input, and for the checker the answer. Its arguments are those of the programs.
	Test problems.TestCase
	// Output is the path of an output for the checker; "" and no Data: the trial is for the validators.
	Output string
	// Data, if it is not nil, stands in place of the input (Checks is false) or of the output.
	Data []byte
	// Checks says that the checker is tried, and not the validators.
	Checks bool
	// Answers says that the answer validators look at the answer.
	Answers bool
}

// Tried is what came of a trial. Err says that a program failed, instead of judging; it is the setter's to mend.
type Tried struct {
	Accepted bool
	Message  string // of the program, cleaned
	By       string // the base name of the validator that refused
	Err      error
	Cached   bool // it is an earlier trial's, of this call or of another
}

// ErrNotTried is the error of a trial that did not take place, or not as a whole, because ctx had ended.
var ErrNotTried = errors.New("not tried: interrupted")

// Try compiles the problem's checker or validators, those that the trials need, and tries them. Errors: those of
// Judge. When ctx ends it returns what had been tried by then together with ctx's error.
func (j *Judge) Try(ctx context.Context, p *problems.Problem, trials []Trial) ([]Tried, error) {
	cpus := j.Cores
	if len(cpus) == 0 {
		var err error
		if cpus, err = cores.Default(); err != nil {
			return nil, err
		}
	}
	s := newSession(j, cpus, Request{Problem: p})
	defer s.release()
	ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()
	var validators, answers []kinds.Validator
	for _, t := range trials {
		var err error
		switch {
		case t.Checks && s.setup.Checker == nil:
			s.setup.Checker, err = s.makeChecker(ctx)
		case t.Answers && answers == nil:
			answers, err = s.makeValidators(ctx, p.AnswerValidators)
		case !t.Checks && !t.Answers && validators == nil:
			validators, err = s.makeValidators(ctx, p.InputValidators)
		}
		if err != nil {
			return nil, err
		}
	}
	kept := s.triedBefore(validators, answers)
	defer kept.Close()
	results := slices.Repeat([]Tried{{Err: ErrNotTried}}, len(trials))
	var same once.Results[Tried]
	lanes(ctx, s.cores, 0, len(trials), func(ctx context.Context, l *lane, i int) {
		key := s.trialKey(trials[i])
		if known, ok := tried(kept, key); ok {
			results[i] = known
			return
		}
		if !same.Claim(key, func(t Tried) { results[i], results[i].Cached = t, true }) {
			return
		}
		s.quiet.RLock()
		defer s.quiet.RUnlock()
		result := s.try(ctx, l.cpu, trials[i], validators, answers)
		s.note(result.Err)
		if result.Err != nil && ctx.Err() != nil {
			return // interrupted: nothing is known
		}
		results[i] = result
		keepTried(kept, key, result)
		same.Done(key, result)
	})
	if s.unfit != nil {
		return nil, s.unfit
	}
	return results, ctx.Err()
}

// try has the program that a trial is for look at it.
func (s *session) try(ctx context.Context, cpu int, t Trial, validators, answers []kinds.Validator) Tried {
	switch {
	case t.Checks:
		return s.tryChecker(ctx, cpu, t)
	case t.Answers:
		return tryValidators(ctx, cpu, answers, t)
	default:
		return tryValidators(ctx, cpu, validators, t)
	}
}

func (s *session) makeValidators(ctx context.Context, givens []problems.Validator) ([]kinds.Validator, error) {
	all := []kinds.Validator{}
	made := map[string]*kinds.External{} // a program may validate the tests of several groups, with other arguments
	for _, given := range givens {
		e := made[given.Path]
		if e == nil {
			var err error
			if e, err = s.makeExternal(ctx, kinds.ValidatorProgram(given)); err != nil {
				return nil, err
			}
			made[given.Path] = e
		}
		own := *e
		own.Args = given.Args
		all = append(all, kinds.NewValidator(&own, given))
	}
	return all, nil
}

// tryChecker has the checker judge an output.
func (s *session) tryChecker(ctx context.Context, cpu int, t Trial) Tried {
	var output io.Reader = bytes.NewReader(t.Data)
	if t.Data == nil {
		file, err := safefile.Open(t.Output)
		if err != nil {
			return Tried{Err: err}
		}
		defer file.Close()
		output = file
	}
	verdict, err := kinds.CheckOutput(ctx, s.setup.Checker, t.Test, isolate.OnCore(cpu), output)
	if err != nil {
		return Tried{Err: err}
	}
	return Tried{Accepted: verdict.Accepted, Message: text.CutLine(verdict.Message, report.MaxMessage)}
}

// tryValidators has every validator look at an input; the first that refuses speaks.
func tryValidators(ctx context.Context, cpu int, validators []kinds.Validator, t Trial) Tried {
	for _, v := range validators {
		if !v.Given.Reads(t.Test) {
			continue
		}
		input, err := t.input()
		if err == nil && v.Given.UnixLines {
			input, err = lineends.Unix(input)
		}
		if err != nil {
			input.Close()
			return Tried{Err: err, By: v.Name}
		}
		subject := kinds.Subject{Test: t.Test, Data: t.Data, Answers: t.Answers}
		word, err := v.Look(ctx, isolate.OnCore(cpu), input, subject)
		input.Close()
		if err != nil || !word.Accepted {
			return Tried{Message: word.Message, By: v.Name, Err: err}
		}
	}
	return Tried{Accepted: true}
}

// input opens what validators read.
func (t Trial) input() (*os.File, error) {
	if t.Answers {
		return safefile.Open(t.Test.Answer)
	}
	if t.Data == nil {
		return safefile.Open(t.Test.Input)
	}
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("keep an input: %w", err)
	}
	file := os.NewFile(uintptr(fd), "input")
	if _, err = file.WriteAt(t.Data, 0); err != nil {
		file.Close()
		return nil, fmt.Errorf("keep an input: %w", err)
	}
	return file, nil
}

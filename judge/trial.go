package judge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/once"
	"judge/problems"
	"judge/problems/lineends"
	"judge/problems/safefile"
	"judge/problems/text"
)

// Trial is one thing on which a problem's own programs are tried: an input for its validators, or an output for its checker.
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
	cores := j.Cores
	if len(cores) == 0 {
		var err error
		if cores, err = DefaultCores(); err != nil {
			return nil, err
		}
	}
	w := newJudging(j, cores, Request{Problem: p})
	defer w.release()
	ctx, w.stop = context.WithCancel(ctx)
	defer w.stop()
	var validators, answers []validator
	for _, t := range trials {
		var err error
		switch {
		case t.Checks && w.check == nil:
			w.check, err = w.makeChecker(ctx)
		case t.Answers && answers == nil:
			answers, err = w.makeValidators(ctx, p.AnswerValidators)
		case !t.Checks && !t.Answers && validators == nil:
			validators, err = w.makeValidators(ctx, p.InputValidators)
		}
		if err != nil {
			return nil, err
		}
	}
	kept := w.triedBefore(validators, answers)
	defer kept.close()
	results := slices.Repeat([]Tried{{Err: ErrNotTried}}, len(trials))
	var same once.Results[Tried]
	lanes(ctx, w.cores, 0, len(trials), func(ctx context.Context, l *lane, i int) {
		key := w.trialKey(trials[i])
		if known, ok := kept.tried(key); ok {
			results[i] = known
			return
		}
		if !same.Claim(key, func(t Tried) { results[i], results[i].Cached = t, true }) {
			return
		}
		w.quiet.RLock()
		defer w.quiet.RUnlock()
		tried := w.try(ctx, l.cpu, trials[i], validators, answers)
		w.note(tried.Err)
		if tried.Err != nil && ctx.Err() != nil {
			return // interrupted: nothing is known
		}
		results[i] = tried
		kept.keepTried(key, tried)
		same.Done(key, tried)
	})
	if w.unfit != nil {
		return nil, w.unfit
	}
	return results, ctx.Err()
}

// try has the program that a trial is for look at it.
func (w *judging) try(ctx context.Context, cpu int, t Trial, validators, answers []validator) Tried {
	switch {
	case t.Checks:
		return w.tryChecker(ctx, cpu, t)
	case t.Answers:
		return tryValidators(ctx, cpu, answers, t)
	default:
		return tryValidators(ctx, cpu, validators, t)
	}
}

// validator is a program that says whether an input is valid, or an answer.
type validator struct {
	*external
	name  string
	given problems.Validator
}

func (w *judging) makeValidators(ctx context.Context, givens []problems.Validator) ([]validator, error) {
	all := []validator{}
	for _, given := range givens {
		e, err := w.makeExternal(ctx, &problems.External{Path: given.Path, Protocol: problems.ICPC, Args: given.Args})
		if err != nil {
			return nil, err
		}
		e.limits = atLeastUsual(e.limits)
		all = append(all, validator{e, filepath.Base(given.Path), given})
	}
	return all, nil
}

// tryChecker has the checker judge an output.
func (w *judging) tryChecker(ctx context.Context, cpu int, t Trial) Tried {
	check, err := w.check.start(t.Test, isolate.OnCore(cpu))
	if err != nil {
		return Tried{Err: err}
	}
	var output io.Reader = bytes.NewReader(t.Data)
	if t.Data == nil {
		file, err := safefile.Open(t.Output)
		if err != nil {
			check.abandon()
			return Tried{Err: err}
		}
		defer file.Close()
		output = file
	}
	if _, err := io.Copy(check, output); err != nil && !errors.Is(err, errEnough) {
		check.abandon()
		return Tried{Err: err}
	}
	verdict, err := check.finish(ctx)
	if err != nil {
		return Tried{Err: err}
	}
	return Tried{Accepted: verdict.Accepted, Message: text.CutLine(verdict.Message, messageKept)}
}

// tryValidators has every validator look at an input; the first that refuses speaks.
func tryValidators(ctx context.Context, cpu int, validators []validator, t Trial) Tried {
	for _, v := range validators {
		input, err := t.input()
		if err == nil && v.given.UnixLines {
			input, err = lineends.Unix(input)
		}
		if err != nil {
			input.Close()
			return Tried{Err: err, By: v.name}
		}
		tried := v.try(ctx, cpu, input, t)
		input.Close()
		if !tried.Accepted {
			return tried
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

// named are the arguments that a test has for a validator of that name, with or without its extension.
func (v validator) named(t problems.TestCase) []string {
	if args, ok := t.ValidatorArgsOf[v.name]; ok {
		return args
	}
	return t.ValidatorArgsOf[strings.TrimSuffix(v.name, filepath.Ext(v.name))]
}

// try runs one validator: the input is on its stdin, and its exit code is its word ("Input Validators" of the ICPC problem package
// format; validators of testlib.h end with 0 instead of 42). One of answers has the answer there, and the path of the input as its first argument,
// as the BAPCtools have it.
func (v validator) try(ctx context.Context, cpu int, input *os.File, trial Trial) Tried {
	plan, words, t := v.program.plan, &excerpt{most: checkerWords}, trial.Test
	files, err := besideTest(v.problem, t)
	if err != nil {
		return Tried{By: v.name, Err: err}
	}
	root := isolate.Root{Sees: plan.RunSees, Binds: []isolate.Bind{{Source: v.program.entry.Product, Target: "/prog", Copy: true}}}
	args := slices.Concat(v.args, v.named(t), t.ValidatorArgs)
	if trial.Answers {
		seen, copies, err := v.tests.show(t.Input, "input")
		if err != nil {
			return Tried{By: v.name, Err: err}
		}
		files = append(files, copies...)
		root.Binds, args = slices.Concat(root.Binds, v.tests.binds), slices.Concat([]string{seen}, v.args)
	}
	outcome, err := v.run(ctx, isolate.Command{
		Root: root, Args: slices.Concat(plan.Run, args), Env: plan.RunEnv,
		Files: slices.Concat(besideProgram(plan, namesOfFiles(files)...), files),
		Stdin: input, Stdout: words, Stderr: words, Core: isolate.OnCore(cpu), Limits: v.jailLimits(),
	})
	tried := Tried{By: v.name}
	if err == nil {
		err = checkerFailure(outcome, v.jailLimits())
	}
	if err != nil {
		tried.Err = fmt.Errorf("validator %s: %w", v.name, err)
		return tried
	}
	accepts := 42
	if v.given.Testlib {
		accepts = 0
	}
	tried.Accepted = outcome.Code == accepts
	first, _, _ := strings.Cut(strings.TrimSpace(string(words.Bytes())), "\n")
	tried.Message = text.CutLine(first, messageKept)
	if !tried.Accepted && tried.Message == "" {
		tried.Message = fmt.Sprintf("exit code %d", outcome.Code)
	}
	return tried
}

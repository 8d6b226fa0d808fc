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
	"judge/judge/kinds"
	"judge/judge/once"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/lineends"
	"judge/problems/safefile"
	"judge/problems/text"
)

// Probe is one probe of a problem's own programs: an input for its validators, or an output for its checker.
type Probe struct {
	// Test supplies the input, and for the checker the answer. Its arguments are passed to the programs.
	Test problems.TestCase
	// Output is the path of an output for the checker; "" and no Data: the probe is for the validators.
	Output string
	// Data, if not nil, replaces the input (if Checks is false) or the output.
	Data []byte
	// Checks selects the checker instead of the validators.
	Checks bool
	// Answers makes the answer validators check the answer.
	Answers bool
}

// ProbeResult is the result of a probe. Err means that a program failed instead of judging; the setter must fix it.
type ProbeResult struct {
	Accepted bool
	Message  string // of the program, cleaned
	By       string // the base name of the validator that rejected
	Err      error
	Cached   bool // the result is an earlier probe's, of this call or of another
}

// ErrNotProbed is the error of a probe that did not run, or not completely, because ctx had ended.
var ErrNotProbed = errors.New("not run: interrupted")

// Probe compiles the checker or the validators that the probes need, and runs the probes. Errors: those of Judge.
// When ctx ends it returns the results so far together with ctx's error.
func (j *Judge) Probe(ctx context.Context, p *problems.Problem, probes []Probe) ([]ProbeResult, error) {
	s, err := newSession(j)
	if err != nil {
		return nil, err
	}
	ctx = s.begin(ctx)
	defer s.end()
	of := newPrepared(j, p, AtEnd)
	defer of.Close()
	var validators, answers []kinds.Validator
	for _, t := range probes {
		var err error
		switch {
		case t.Checks && of.setup.Checker == nil:
			of.setup.Checker, err = of.makeChecker(ctx, s)
		case t.Answers && answers == nil:
			answers, err = of.makeValidators(ctx, s, p.AnswerValidators)
		case !t.Checks && !t.Answers && validators == nil:
			validators, err = of.makeValidators(ctx, s, p.InputValidators)
		}
		if err != nil {
			return nil, err
		}
	}
	kept := of.openProbes(validators, answers)
	defer kept.Close()
	results := slices.Repeat([]ProbeResult{{Err: ErrNotProbed}}, len(probes))
	var same once.Results[ProbeResult]
	lanes(ctx, s.cores, 0, numbered(len(probes), func(ctx context.Context, l *lane, i int) {
		key := of.probeKey(probes[i])
		if known, ok := probed(kept, key); ok {
			results[i] = known
			return
		}
		if !same.Claim(key, func(t ProbeResult) { results[i], results[i].Cached = t, true }) {
			return
		}
		s.quiet.RLock()
		defer s.quiet.RUnlock()
		result := of.probe(ctx, l.cpu, probes[i], validators, answers)
		s.note(result.Err)
		if result.Err != nil && ctx.Err() != nil {
			return // interrupted: the result is unknown
		}
		results[i] = result
		storeProbe(kept, key, result)
		same.Done(key, result)
	}))
	if s.unfit != nil {
		return nil, s.unfit
	}
	return results, ctx.Err()
}

// probe runs the program that a probe is for.
func (p *Prepared) probe(ctx context.Context, cpu int, t Probe, validators, answers []kinds.Validator) ProbeResult {
	switch {
	case t.Checks:
		return p.probeChecker(ctx, cpu, t)
	case t.Answers:
		return probeValidators(ctx, cpu, answers, t)
	default:
		return probeValidators(ctx, cpu, validators, t)
	}
}

func (p *Prepared) makeValidators(
	ctx context.Context, s *session, givens []problems.Validator,
) ([]kinds.Validator, error) {
	all := []kinds.Validator{}
	made := map[string]*kinds.External{} // a program may validate the tests of several groups, with other arguments
	for _, given := range givens {
		e := made[given.Path]
		if e == nil {
			var err error
			if e, err = p.makeExternal(ctx, s, kinds.ValidatorProgram(given)); err != nil {
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

// probeChecker runs the checker on an output.
func (p *Prepared) probeChecker(ctx context.Context, cpu int, t Probe) ProbeResult {
	var output io.Reader = bytes.NewReader(t.Data)
	if t.Data == nil {
		file, err := safefile.Open(t.Output)
		if err != nil {
			return ProbeResult{Err: err}
		}
		defer file.Close()
		output = file
	}
	verdict, err := kinds.CheckOutput(ctx, p.setup.Checker, t.Test, isolate.OnCore(cpu), output)
	if err != nil {
		return ProbeResult{Err: err}
	}
	return ProbeResult{Accepted: verdict.Accepted, Message: text.CutLine(verdict.Message, report.MaxMessage)}
}

// probeValidators runs every validator on an input; the first that rejects it decides.
func probeValidators(ctx context.Context, cpu int, validators []kinds.Validator, t Probe) ProbeResult {
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
			return ProbeResult{Err: err, By: v.Name}
		}
		subject := kinds.Subject{Test: t.Test, Data: t.Data, Answers: t.Answers}
		word, err := v.Look(ctx, isolate.OnCore(cpu), input, subject)
		input.Close()
		if err != nil || !word.Accepted {
			return ProbeResult{Message: word.Message, By: v.Name, Err: err}
		}
	}
	return ProbeResult{Accepted: true}
}

// input opens the validators' input.
func (t Probe) input() (*os.File, error) {
	if t.Answers {
		return safefile.Open(t.Test.Answer)
	}
	if t.Data == nil {
		return safefile.Open(t.Test.Input)
	}
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("store an input: %w", err)
	}
	file := os.NewFile(uintptr(fd), "input")
	if _, err = file.WriteAt(t.Data, 0); err != nil {
		file.Close()
		return nil, fmt.Errorf("store an input: %w", err)
	}
	return file, nil
}

package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
	"judge/problems/safefile"
)

// Checker starts the check of one run's output.
type Checker interface {
	start(t problems.TestCase, core isolate.Core) (outputCheck, error)
}

// outputCheck reads a program's stdout. Exactly one call of finish or abandon ends it.
type outputCheck interface {
	io.Writer
	// finish returns the checker's result; the output is complete.
	finish(ctx context.Context) (*checkers.Check, error)
	// abandon ends the check of a run that has failed already.
	abandon()
}

// comparison is a built-in checker: it compares an output with the answer.
type comparison interface {
	Check(answer, output io.Reader) (checkers.Check, error)
}

// builtIn compares while the program writes.
type builtIn struct{ comparison }

func (b builtIn) start(t problems.TestCase, _ isolate.Core) (outputCheck, error) {
	compare := b.comparison
	if t.Checker != nil {
		var err error
		if compare, err = comparisonOf(*t.Checker); err != nil {
			return nil, err
		}
	}
	return startCheck(compare, t.Answer), nil
}

// NewChecker returns a problem's checker: its checker programs, all of which must accept, or a comparison if it
// has none.
func NewChecker(c problems.Checker, programs []*External) (Checker, error) {
	switch len(programs) {
	case 0:
		compare, err := comparisonOf(c)
		return builtIn{compare}, err
	case 1:
		return programs[0], nil
	default:
		return allOf(programs), nil
	}
}

// Unchecked is a checker that accepts every output, for tests without an answer.
type Unchecked struct{}

func (Unchecked) start(problems.TestCase, isolate.Core) (outputCheck, error) {
	return unchecked{io.Discard}, nil
}

type unchecked struct{ io.Writer }

func (unchecked) finish(context.Context) (*checkers.Check, error) {
	return &checkers.Check{Accepted: true}, nil
}

func (unchecked) abandon() {}

// CheckOutput runs a checker on a complete output.
func CheckOutput(
	ctx context.Context, c Checker, t problems.TestCase, core isolate.Core, output io.Reader,
) (*checkers.Check, error) {
	check, err := c.start(t, core)
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(check, output); err != nil && !errors.Is(err, errEnough) {
		check.abandon()
		return nil, err
	}
	return check.finish(ctx)
}

// comparisonOf returns the comparison that a problem declares.
func comparisonOf(c problems.Checker) (comparison, error) {
	switch c.Compare {
	case problems.Exact:
		return checkers.Exact{}, nil
	case problems.Lines:
		return checkers.Lines{}, nil
	case problems.WhiteDiff:
		return checkers.WhiteDiff{}, nil
	case problems.LineFloats:
		return checkers.LineFloats{Absolute: c.Tolerance.Absolute, Relative: c.Tolerance.Relative}, nil
	case problems.Standard:
		standard, ok := checkers.NewStandard(c.Standard)
		if !ok {
			return nil, fmt.Errorf("bug: the checker std::%s is unknown", c.Standard)
		}
		return standard, nil
	}
	tokens := checkers.Tokens{
		CaseSensitive: c.CaseSensitive, SpaceChangeSensitive: c.SpaceChangeSensitive, LineSensitive: c.LineSensitive,
	}
	if c.Tolerance != nil {
		tolerance, err := checkers.NewTolerance(c.Tolerance.Absolute, c.Tolerance.Relative)
		if err != nil {
			return nil, fmt.Errorf("the problem's checker: %w", err)
		}
		tokens.Tolerance = tolerance
	}
	return tokens, nil
}

// comparisonRun is a comparison that runs while the program writes.
type comparisonRun struct {
	*io.PipeWriter
	result chan checked // one value; never closed
}

type checked struct {
	check checkers.Check
	err   error
}

// startCheck starts to compare the output with the answer.
func startCheck(c comparison, answer string) *comparisonRun {
	reader, writer := io.Pipe()
	k := &comparisonRun{writer, make(chan checked, 1)}
	go func() {
		check, err := runCheck(c, answer, reader)
		// The rest of the output does not matter: further writes fail, and the writer continues without them.
		reader.CloseWithError(errEnough)
		k.result <- checked{check, err}
	}()
	return k
}

var errEnough = fmt.Errorf("the checker needs no more output")

func runCheck(c comparison, answer string, output io.Reader) (checkers.Check, error) {
	file, err := safefile.Open(answer)
	if err != nil {
		return checkers.Check{}, fmt.Errorf("open the answer: %w", err)
	}
	defer file.Close()
	check, err := c.Check(file, output)
	if err != nil {
		return check, fmt.Errorf("check the output: %w", err)
	}
	return check, nil
}

// finish ends the output and returns the checker's result.
func (k *comparisonRun) finish(context.Context) (*checkers.Check, error) {
	k.Close()
	done := <-k.result
	if done.err != nil {
		return nil, done.err
	}
	return &done.check, nil
}

// abandon ends the check of a run that has already failed, and waits for it.
func (k *comparisonRun) abandon() {
	k.CloseWithError(errEnough)
	<-k.result
}

// allOf runs several checkers, all of which must accept: "All output validators provided will be run on the output
// ... Validation fails if any validator fails" (ICPC problem package format, legacy).
type allOf []*External

func (a allOf) start(t problems.TestCase, core isolate.Core) (outputCheck, error) {
	var all allChecks
	for _, e := range a {
		one, err := e.start(t, core)
		if err != nil {
			all.abandon()
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// allChecks are the checks of one output, in their order.
type allChecks []outputCheck

// Write passes the output to all checks.
func (a allChecks) Write(data []byte) (int, error) {
	for _, one := range a {
		if n, err := one.Write(data); err != nil && !errors.Is(err, errEnough) {
			return n, err
		}
	}
	return len(data), nil
}

// finish asks the checks in order and returns the first rejection or failure. Score and messages are from the last
// check that gives any.
func (a allChecks) finish(ctx context.Context) (*checkers.Check, error) {
	all := &checkers.Check{Accepted: true}
	for i, one := range a {
		check, err := one.finish(ctx)
		if err != nil || !check.Accepted {
			a[i+1:].abandon()
			return check, err
		}
		if check.Message != "" {
			all.Message = check.Message
		}
		if check.Points != nil || check.Score != nil {
			all.Points, all.Score = check.Points, check.Score
		}
	}
	return all, nil
}

func (a allChecks) ranWith(of runFacts) {
	for _, one := range a {
		if check, ok := one.(runFactsTaker); ok {
			check.ranWith(of)
		}
	}
}

func (a allChecks) abandon() {
	for _, one := range a {
		one.abandon()
	}
}

package judge

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
)

// interactive runs a program on one test together with the problem's interactor: what one writes the other reads.
type interactive struct {
	batch      // the program's side
	interactor *external
	then       *external // a checker that looks at what an accepting interactor has written into its output file; nil: none
}

func (v interactive) within(cpu time.Duration) kind {
	v.command.Limits.CPU = cpu
	return v
}

// waiting keeps the core: one waits while the other works.
func (v interactive) waiting(func() bool) kind { return v }

// test runs both until both have ended.
func (v interactive) test(ctx context.Context, cpu int, t problems.TestCase) Facts {
	d := newDialogue()
	facts := Facts{Core: cpu}
	toSubmission, err := newWire(d, interactor)
	if err == nil {
		var toInteractor *wire
		if toInteractor, err = newWire(d, submission); err != nil {
			toSubmission.close()
		} else {
			v.talk(ctx, d, &facts, toSubmission, toInteractor, t)
		}
	}
	if err != nil {
		facts.Err = fmt.Errorf("join two programs: %w", err)
	}
	facts.Dialogue = d.text.Bytes()
	return facts
}

func (v interactive) talk(ctx context.Context, d *dialogue, facts *Facts, toSubmission, toInteractor *wire, t problems.TestCase) {
	core := isolate.OnCore(facts.Core)
	var both sync.WaitGroup
	both.Go(func() {
		stderr := &excerpt{most: stderrKept}
		command, err := v.commandFor(t)
		if err != nil {
			d.submissionEnded()
			toSubmission.unread()
			toInteractor.close()
			facts.Err = err
			return
		}
		command.Stdin, command.Stdout, command.Stderr, command.Core, command.Stop = toSubmission.read, toInteractor, stderr, core, d.stop
		command.Talks = true
		command.Hangs = func(_, _ time.Time) bool { return d.hangs(submission) }
		command.Ended = func() {
			d.left()
			toSubmission.unread() // what the interactor still writes goes nowhere
		}
		outcome, err := v.run(ctx, command)
		command.Ended()
		if err == nil && outcome.Cause != isolate.Stopped && (failedRun(outcome) || outcome.Usage.CPU > v.limits.Time) {
			d.hold()
		}
		d.submissionEnded()
		toInteractor.close() // the interactor has all there is, and sees the end of its input
		if err != nil {
			facts.Err = err
			return
		}
		facts.Run, facts.Stderr = &outcome, stderr.Bytes()
	})
	var check *checkers.Check
	var failed error
	var written []byte
	by := *v.interactor
	by.beside = v.limits.Wall
	if v.then != nil {
		by.written = &written
	}
	both.Go(func() {
		ending, err := by.talk(ctx, isolate.Command{
			Stdin: toInteractor.read, Stdout: toSubmission, Core: core, Talks: true,
			Waits: d.listens, Hangs: func(_, _ time.Time) bool { return d.hangs(interactor) },
			Ended: toInteractor.unread,
		}, t)
		if err == nil {
			var c checkers.Check
			if c, err = v.interactor.protocol.Decode(ending); err == nil {
				check = &c
			}
		}
		if err != nil {
			failed = fmt.Errorf("interactor %w", err)
		}
		d.interactorEnded(err != nil)
		if err != nil || turnedDown(check) {
			d.end() // it has seen enough: the submission need not go on
		}
		toSubmission.close()
		toInteractor.unread()
	})
	both.Wait()
	if check != nil && check.Accepted && v.then != nil && facts.Err == nil && endedWell(facts.Run) {
		check, failed = v.checkWritten(ctx, core, t, written)
	}
	facts.Check, facts.First, facts.Deadlock = check, d.first, d.deadlock
	if facts.Err == nil {
		facts.Err = failed
	}
}

// checkWritten has the checker look at what the interactor has written, as testlib's interactive problems have it.
func (v interactive) checkWritten(ctx context.Context, core isolate.Core, t problems.TestCase, written []byte) (*checkers.Check, error) {
	check, err := v.then.start(t, core)
	if err != nil {
		return nil, err
	}
	if _, err := check.Write(written); err != nil && !errors.Is(err, errEnough) {
		check.abandon()
		return nil, fmt.Errorf("keep what the interactor wrote: %w", err)
	}
	return check.finish(ctx)
}

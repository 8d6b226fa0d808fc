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

// exchange is one talk of a submission with the interactor.
type exchange struct {
	*dialogue
	of                         interactive
	facts                      *Facts
	test                       problems.TestCase
	meeting                    *isolate.Meeting
	toSubmission, toInteractor *wire
}

func (v interactive) talk(ctx context.Context, d *dialogue, facts *Facts, toSubmission, toInteractor *wire, t problems.TestCase) {
	x := exchange{
		dialogue: d, of: v, facts: facts, test: t, toSubmission: toSubmission, toInteractor: toInteractor,
		meeting: isolate.NewMeeting(isolate.MeetingConfig{Parties: 2, OnDeadlock: d.blocked}),
	}
	var both sync.WaitGroup
	both.Go(func() {
		defer x.meeting.Leave(submissionParty)
		x.runSubmission(ctx)
	})
	var spoken verdictOfInteractor
	both.Go(func() {
		defer x.meeting.Leave(interactorParty)
		spoken = x.runInteractor(ctx)
	})
	both.Wait()
	check, failed := spoken.check, spoken.err
	if check != nil && check.Accepted && v.then != nil && facts.Err == nil && endedWell(facts.Run) {
		check, failed = v.checkWritten(ctx, isolate.OnCore(facts.Core), t, spoken.written)
	}
	facts.Check, facts.First, facts.Deadlock = check, d.first, d.deadlock
	if facts.Err == nil {
		facts.Err = failed
	}
}

// runSubmission returns when the interactor may know that the submission has ended.
func (x exchange) runSubmission(ctx context.Context) {
	defer x.toInteractor.close() // the interactor has all there is, and sees the end of its input
	defer x.submissionEnded()
	defer x.toSubmission.unread()
	command, err := x.of.commandFor(x.test)
	if err != nil {
		x.facts.Err = err
		return
	}
	stderr := &excerpt{most: stderrKept}
	command.Stdin, command.Stdout, command.Stderr = x.toSubmission.read, x.toInteractor, stderr
	command.Core, command.Stop = isolate.OnCore(x.facts.Core), x.stop
	command.Meeting, command.Party, command.Started = x.meeting, submissionParty, x.toSubmission.unread
	late := time.AfterFunc(time.Hour, x.giveUp) // set anew below
	late.Stop()
	command.Ended = func(clean bool) {
		x.left()
		if !clean {
			late.Reset(mostHeld)
		}
	}
	outcome, err := x.of.run(ctx, command)
	late.Stop()
	x.left()
	if err != nil {
		x.facts.Err = err
		return
	}
	x.facts.Run, x.facts.Stderr = &outcome, stderr.Bytes()
	if outcome.Cause != isolate.Stopped && (failedRun(outcome) || outcome.Usage.CPU > x.of.limits.Time) {
		x.hold()
	}
}

// verdictOfInteractor is what an interactor answered.
type verdictOfInteractor struct {
	check   *checkers.Check
	written []byte // into its output file
	err     error
}

// runInteractor returns when the submission has all that the interactor wrote.
func (x exchange) runInteractor(ctx context.Context) (v verdictOfInteractor) {
	defer x.toInteractor.unread()
	defer x.toSubmission.close()
	by := *x.of.interactor
	by.beside = x.of.limits.Wall
	if x.of.then != nil {
		by.written = &v.written
	}
	ending, err := by.talk(ctx, isolate.Command{
		Stdin: x.toInteractor.read, Stdout: x.toSubmission, Core: isolate.OnCore(x.facts.Core), Waits: x.listens, Stop: x.drop,
		Meeting: x.meeting, Party: interactorParty, Started: x.toInteractor.unread,
	}, x.test)
	if err == nil {
		var check checkers.Check
		if check, err = by.protocol.Decode(ending); err == nil {
			v.check = &check
		}
	}
	x.interactorEnded(err != nil)
	switch {
	case err != nil && x.wasDropped():
	case err != nil:
		v.err = fmt.Errorf("interactor %w", err)
		x.end()
	case turnedDown(v.check):
		x.end() // it has seen enough: the submission need not go on
	}
	return v
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

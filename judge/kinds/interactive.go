package kinds

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/decide"
	"judge/judge/report"
)

// interactive runs a program on one test together with the problem's interactor: what one writes the other reads.
type interactive struct {
	batch      // the program's side
	interactor *External
	then       *External // a checker of what an accepting interactor has written into its output file; nil: none
}

// Test runs both until both have ended.
func (v interactive) Test(ctx context.Context, a Attempt) decide.Facts {
	return v.testBy(ctx, a, v.interactor)
}

// testBy has another interactor talk and decide.
func (v interactive) testBy(ctx context.Context, a Attempt, by *External) decide.Facts {
	d := newDialogue()
	facts := decide.Facts{Core: a.Core}
	toSubmission, err := newWire(d, decide.Interactor)
	if err == nil {
		var toInteractor *wire
		if toInteractor, err = newWire(d, decide.Submission); err != nil {
			toSubmission.close()
		} else {
			x := exchange{
				dialogue: d, of: v, by: by, attempt: a, facts: &facts, toSubmission: toSubmission, toInteractor: toInteractor,
				meeting: isolate.NewMeeting(isolate.MeetingConfig{Parties: 2, OnDeadlock: d.blocked}),
			}
			x.talk(ctx)
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
	by                         *External // the interactor
	attempt                    Attempt
	facts                      *decide.Facts
	meeting                    *isolate.Meeting
	toSubmission, toInteractor *wire
}

func (x exchange) talk(ctx context.Context) {
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
	if check != nil && check.Accepted && x.of.then != nil && x.facts.Err == nil && endedWell(x.facts.Run) {
		check, failed = x.checkWritten(ctx, spoken.written)
	}
	x.facts.Check, x.facts.First, x.facts.Deadlock = check, x.first, x.deadlock
	if x.facts.Err == nil {
		x.facts.Err = failed
	}
}

// runSubmission returns when the interactor may know that the submission has ended.
func (x exchange) runSubmission(ctx context.Context) {
	defer x.toInteractor.close() // the interactor has all there is, and sees the end of its input
	defer x.submissionEnded()
	defer x.toSubmission.unread()
	command, err := x.of.commandFor(x.attempt)
	if err != nil {
		x.facts.Err = err
		return
	}
	stderr := &report.Excerpt{Max: StderrKept}
	command.Stdin, command.Stdout, command.Stderr = x.toSubmission.read, x.toInteractor, stderr
	command.Stop = x.stop
	late := time.AfterFunc(time.Hour, x.giveUp) // set anew below
	late.Stop()
	command.Interaction = &isolate.Interaction{
		Meeting: x.meeting, Party: submissionParty, OnStart: x.toSubmission.unread,
		OnExit: func(clean bool) {
			x.left()
			if !clean {
				late.Reset(maxHeld)
			}
		},
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
	by := *x.by
	by.peerWall = x.of.limits.Wall
	if x.of.then != nil {
		by.written = &v.written
	}
	ending, err := by.talk(ctx, isolate.Command{
		Stdin: x.toInteractor.read, Stdout: x.toSubmission, Core: isolate.OnCore(x.facts.Core),
		OnIdle: x.listens, Stop: x.drop,
		Interaction: &isolate.Interaction{Meeting: x.meeting, Party: interactorParty, OnStart: x.toInteractor.unread},
	}, x.attempt.Test)
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
	case decide.TurnedDown(v.check):
		x.end() // it has seen enough: the submission need not go on
	}
	return v
}

// checkWritten has the checker look at what the interactor has written, as testlib's interactive problems have it.
func (x exchange) checkWritten(ctx context.Context, written []byte) (*checkers.Check, error) {
	return CheckOutput(ctx, x.of.then, x.attempt.Test, isolate.OnCore(x.attempt.Core), bytes.NewReader(written))
}

package kinds

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/decide"
	"judge/problems"
)

// interactive runs a program on one test together with the problem's interactor: each reads what the other writes.
type interactive struct {
	batch      // the program's side
	interactor *External
	then       *External // checks the output file of an accepting interactor; nil: it has none
}

// Test runs both until both have ended.
func (v interactive) Test(ctx context.Context, a Attempt) decide.Facts {
	return v.testBy(ctx, a, v.interactor)
}

// testBy is Test with another interactor.
func (v interactive) testBy(ctx context.Context, a Attempt, by *External) decide.Facts {
	d := newDialogue()
	d.text.whole = a.Talk
	facts := decide.Facts{Core: a.Core}
	toSubmission, err := newWire(d, decide.Interactor)
	if err == nil {
		var toInteractor *wire
		if toInteractor, err = newWire(d, decide.Submission); err != nil {
			toSubmission.close()
		} else {
			x := exchange{
				dialogue: d, of: v, by: by, attempt: a, toSubmission: toSubmission, toInteractor: toInteractor,
			}
			d.meeting = isolate.NewMeeting(isolate.MeetingConfig{Parties: 2, OnDeadlock: d.stuck})
			x.run(ctx)
			d.into(&facts)
		}
	}
	if err != nil {
		facts.Err = fmt.Errorf("connect two programs: %w", err)
	}
	facts.Dialogue = d.text.Bytes()
	return facts
}

// exchange is one interaction of a submission and the interactor.
type exchange struct {
	*dialogue
	of                         interactive
	by                         *External // the interactor
	attempt                    Attempt
	toSubmission, toInteractor *wire
}

// run returns when both have ended.
func (x exchange) run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() {
		defer x.meeting.Leave(submissionParty)
		x.runSubmission(ctx)
	})
	var written []byte
	both.Go(func() {
		defer x.meeting.Leave(interactorParty)
		written = x.runInteractor(ctx)
	})
	both.Wait()
	x.close()
	if x.check != nil && x.check.Accepted && x.of.then != nil && x.broken == nil && endedWell(&x.outcomes[0]) {
		x.check, x.fault = x.checkWritten(ctx, written)
	}
}

// runSubmission returns when the interactor may learn that the submission has ended.
func (x exchange) runSubmission(ctx context.Context) {
	defer x.toInteractor.close() // the interactor has received all output, and gets an end of file
	defer x.submissionEnded()
	defer x.toSubmission.unread()
	command, err := x.of.commandFor(x.attempt)
	var outcome isolate.Outcome
	if err == nil {
		command.Stdin, command.Stdout = x.toSubmission.read, x.toInteractor
		command.Stderr = x.attempt.Keep.stderr(x.stderr[0])
		command.Stop = x.stop
		command.Interaction = &isolate.Interaction{
			Meeting: x.meeting, Party: submissionParty, OnStart: x.toSubmission.unread, OnExit: x.left,
		}
		outcome, err = x.of.run(ctx, command)
		x.left(true)
	}
	x.processEnded(0, outcome, err)
	tooSlow := outcome.Usage.CPU > x.of.limits.Time
	if err == nil && outcome.Cause != isolate.Stopped && (failedRun(outcome) || tooSlow) {
		x.hold()
	}
}

// runInteractor returns when the submission has received everything that the interactor wrote. written is the
// content of its output file.
func (x exchange) runInteractor(ctx context.Context) (written []byte) {
	defer x.toInteractor.unread()
	defer x.toSubmission.close()
	by := *x.by
	by.peerWall = x.of.limits.Wall
	if x.of.then != nil {
		by.written = &written
	}
	ending, err := by.interact(ctx, isolate.Command{
		Stdin: x.toInteractor.read, Stdout: x.toSubmission, Core: isolate.OnCore(x.attempt.Core),
		OnIdle: x.listens, Stop: x.drop,
		Interaction: &isolate.Interaction{Meeting: x.meeting, Party: interactorParty, OnStart: x.toInteractor.unread},
	}, x.attempt.Test)
	if err != nil {
		x.interactorEnded(nil, err)
		return written
	}
	check, err := by.protocol.Decode(ending)
	x.interactorEnded(&check, err)
	return written
}

// ByHand runs an interactor on a test with whoever is at its streams in place of a submission: a person, for whom
// it waits as long as it takes.
func (e *External) ByHand(
	ctx context.Context, t problems.TestCase, core isolate.Core, stdin *os.File, stdout io.Writer,
) (*checkers.Check, error) {
	const patience = 24 * time.Hour
	by := *e
	by.peerWall = patience
	ending, err := by.interact(ctx, isolate.Command{Stdin: stdin, Stdout: stdout, Core: core}, t)
	if err != nil {
		return nil, fmt.Errorf("interactor %w", err)
	}
	check, err := by.protocol.Decode(ending)
	if err != nil {
		return nil, fmt.Errorf("interactor %w", err)
	}
	return &check, nil
}

// checkWritten runs the checker on the interactor's output file, as testlib's interactive problems require.
func (x exchange) checkWritten(ctx context.Context, written []byte) (*checkers.Check, error) {
	return CheckOutput(ctx, x.of.then, x.attempt.Test, isolate.OnCore(x.attempt.Core), bytes.NewReader(written))
}

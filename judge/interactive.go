package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

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

func (v interactive) waiting(tell func() bool) kind {
	v.command.Waits = tell
	return v
}

// party is one of the two that talk.
type party uint8

const (
	nobody party = iota
	submission
	interactor
)

// test runs both until both have ended.
func (v interactive) test(ctx context.Context, cpu int, t problems.TestCase) Facts {
	d := &dialogue{started: time.Now(), stop: make(chan struct{}), text: excerpt{most: dialogueKept}}
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
			d.ended(submission)
			toSubmission.unread()
			toInteractor.close()
			facts.Err = err
			return
		}
		command.Stdin, command.Stdout, command.Stderr, command.Core, command.Stop = toSubmission.read, toInteractor, stderr, core, d.stop
		command.Talks = true
		command.Waits = func() bool { return d.waits(submission) }
		command.Ended = func() {
			d.ended(submission)
			toSubmission.unread() // what the interactor still writes goes nowhere
		}
		outcome, err := v.run(ctx, command)
		command.Ended()
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
	if v.then != nil {
		by.written = &written
	}
	both.Go(func() {
		ending, err := by.talk(ctx, isolate.Command{
			Stdin: toInteractor.read, Stdout: toSubmission, Core: core, Talks: true,
			Waits: func() bool { return d.waits(interactor) },
			Ended: func() {
				d.ended(interactor)
				toInteractor.unread()
			},
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
		d.ended(interactor)
		if err != nil || !check.Accepted {
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

// dialogue is what both sides know of each other.
type dialogue struct {
	started time.Time
	stop    chan struct{} // closed to end the submission

	mu       sync.Mutex
	first    party // who ended first
	waiting  [3]int
	stopped  bool
	deadlock bool
	text     excerpt
}

func (d *dialogue) ended(who party) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.first == nobody {
		d.first = who
	}
}

func (d *dialogue) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endLocked()
}

func (d *dialogue) endLocked() {
	if !d.stopped {
		d.stopped = true
		close(d.stop)
	}
}

// patience is how many times in a row both must have been found waiting, without a word between them, to call it a deadlock.
const patience = 2

// waits is called again and again while a party uses no CPU time. When both do, and nothing is said, nothing will be.
func (d *dialogue) waits(who party) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting[who]++
	if d.first == nobody && d.waiting[submission] >= patience && d.waiting[interactor] >= patience {
		d.deadlock = true
		d.endLocked()
	}
	return false
}

// said notes what a party has written. Whoever reads it no longer waits.
func (d *dialogue) said(who party, words []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = [3]int{}
	mark := '<'
	if who == submission {
		mark = '>'
	}
	fmt.Fprintf(&d.text, "%c %.3f %s", mark, time.Since(d.started).Seconds(), words[:min(len(words), dialogueKept)])
	if n := len(words); n > 0 && words[n-1] != '\n' {
		fmt.Fprintln(&d.text)
	}
}

// wire carries what one party writes to the other's stdin.
type wire struct {
	*os.File // the end that is written to
	read     *os.File
	dialogue *dialogue
	from     party
	once     sync.Once
	onceRead sync.Once
}

func newWire(d *dialogue, from party) (*wire, error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return nil, err
	}
	// Only our end is nonblocking, for the runtime's poller; the program's is as programs expect.
	if err := unix.SetNonblock(fds[1], true); err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return nil, err
	}
	return &wire{File: os.NewFile(uintptr(fds[1]), "wire"), read: os.NewFile(uintptr(fds[0]), "wire"), dialogue: d, from: from}, nil
}

// Write hands on what the jail has read of its program. When nobody reads any more, that is an error, and the rest goes
// nowhere: the program does not notice.
func (w *wire) Write(words []byte) (int, error) {
	w.dialogue.said(w.from, words)
	return w.File.Write(words)
}

func (w *wire) close()  { w.once.Do(func() { w.File.Close() }) }
func (w *wire) unread() { w.onceRead.Do(func() { w.read.Close() }) }

package kinds

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate/threads"
	"judge/judge/decide"
)

// The indexes of the two programs in their rendezvous.
const (
	submissionParty = iota
	interactorParty
)

// dialogue is what a submission and its interactor can observe of each other.
type dialogue struct {
	*rendezvous
	drop chan struct{} // closed to end the interactor
	told chan struct{} // closed when the interactor may learn that the submission has ended

	// What follows is guarded by rendezvous.mu.
	ended     bool // one of the two has ended, observably for the other
	delivered bool // the interactor has received all output of a submission that has ended
	listened  int  // how often the interactor has been seen asleep since
	dropped   bool // the interactor was stopped because its result no longer matters
	hears     bool // told is closed
	text      transcript
}

func newDialogue() *dialogue {
	d := &dialogue{
		rendezvous: newRendezvous("interactor", 1), drop: make(chan struct{}), told: make(chan struct{}),
		text: transcript{started: time.Now()},
	}
	d.rendezvous.giveUp = d.giveUp
	return d
}

// submissionEnded is called when the interactor may learn that the submission has ended.
func (d *dialogue) submissionEnded() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	if d.first == decide.Nobody {
		d.first = decide.Submission
	}
}

// left is called once all of the submission's processes are dead. If the interactor fails after that, it does not
// count as the first to end: nobody was reading its output any more.
func (d *dialogue) left(clean bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gone = true
	if !clean {
		d.failLocked()
	}
}

// interactorEnded is called when the interactor's result is known. The result of an interactor that was stopped is
// ignored.
func (d *dialogue) interactorEnded(check *checkers.Check, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	if err == nil || !d.dropped {
		d.deciderEndedLocked(check, err)
	}
	d.tellLocked()
}

func (d *dialogue) tellLocked() {
	if !d.hears {
		d.hears = true
		close(d.told)
	}
}

// stuck is called when both wait for each other. If one of them has ended, the other waits for input that cannot
// come.
func (d *dialogue) stuck(waits []threads.Wait) {
	if waits[submissionParty] == (threads.Wait{}) {
		return // an interactor that does not end is a fault of the problem, and has its own limit
	}
	found := &decide.Deadlock{}
	for i, name := range []string{submissionParty: "the submission", interactorParty: "the interactor"} {
		other := []string{submissionParty: "the interactor", interactorParty: "the submission"}[i]
		addWait(found, name, waits[i], func(w threads.Wait) string {
			if w.FD == 0 && w.Call == threads.Read || w.FD == 1 && w.Call == threads.Write {
				return other
			}
			return ""
		})
	}
	d.blocked(found)
}

// hold hides the exit of a failed submission from the interactor until the interactor has consumed the remaining
// output. If it rejects that output, WA is the verdict; if it continues to read, the failure is. So the verdict
// does not depend on which of the two exits a moment earlier. After that, or after maxHeld, the interactor cannot
// change the verdict any more and is stopped.
func (d *dialogue) hold() {
	d.mu.Lock()
	d.delivered = true
	if d.late != nil {
		d.late.Stop() // the time to deliver pending output is over: from now on the interactor uses its own time
	}
	d.mu.Unlock()
	enough := time.NewTimer(maxHeld)
	defer enough.Stop()
	select {
	case <-d.told:
	case <-enough.C:
	}
	d.giveUp()
}

// giveUp stops an interactor that can no longer change the verdict.
func (d *dialogue) giveUp() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended {
		return
	}
	if d.first == decide.Nobody {
		d.first = decide.Submission
	}
	d.ended, d.dropped = true, true
	close(d.drop)
	d.tellLocked()
}

// listens is called repeatedly while the interactor sleeps. The first call may describe a moment before the last
// output arrived.
func (d *dialogue) listens() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.delivered {
		d.listened++
	}
	if d.listened >= 2 {
		d.tellLocked()
	}
	return d.hears
}

// said records what a party has written.
func (d *dialogue) said(who decide.Party, words []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text.add(who, words)
}

// DialogueKept is the maximum size of a recorded interaction, in bytes.
const DialogueKept = 4 << 10

// transcript records the beginning and the end of an interaction, in the form of .interaction files of the ICPC
// problem package format: a line starts with > if the submission wrote it and with < if the interactor did,
// followed by the time in seconds.
type transcript struct {
	started time.Time
	speaks  decide.Party // the party whose line is incomplete; nobody: the last line is complete
	head    []byte
	tail    []byte
	left    int       // bytes that are in neither
	whole   io.Writer // receives all of it; nil: nobody
}

func (t *transcript) add(who decide.Party, words []byte) {
	if t.speaks != decide.Nobody && t.speaks != who {
		t.write([]byte("\n"))
		t.speaks = decide.Nobody
	}
	mark := '<'
	if who == decide.Submission {
		mark = '>'
	}
	seconds := time.Since(t.started).Seconds()
	for line := range bytes.Lines(words) {
		if t.speaks == decide.Nobody {
			t.write(fmt.Appendf(nil, "%c %.3f ", mark, seconds))
		}
		t.write(line)
		t.speaks = who
		if line[len(line)-1] == '\n' {
			t.speaks = decide.Nobody
		}
	}
}

func (t *transcript) write(text []byte) {
	if t.whole != nil {
		t.whole.Write(text)
	}
	const half = DialogueKept / 2
	n := min(len(text), half-len(t.head))
	t.head = append(t.head, text[:n]...)
	text = text[n:]
	if len(text) > half {
		t.left += len(t.tail) + len(text) - half
		t.tail = append(t.tail[:0], text[len(text)-half:]...)
		return
	}
	t.tail = append(t.tail, text...)
	if more := len(t.tail) - half; more > half { // only now and then, because it moves the remaining bytes
		t.left += more
		t.tail = append(t.tail[:0], t.tail[more:]...)
	}
}

// Bytes returns the recorded text, with a note where some was left out.
func (t *transcript) Bytes() []byte {
	const half = DialogueKept / 2
	tail, left := t.tail, t.left
	if more := len(tail) - half; more > 0 {
		tail, left = tail[more:], left+more
	}
	if left == 0 {
		return append(bytes.Clone(t.head), tail...)
	}
	if _, whole, found := bytes.Cut(tail, []byte("\n")); found && len(whole) > 0 {
		tail, left = whole, left+len(tail)-len(whole)
	}
	return fmt.Appendf(bytes.TrimSuffix(bytes.Clone(t.head), []byte("\n")), "\n(%d bytes more)\n%s", left, tail)
}

// wire copies what one party writes to the other's stdin.
type wire struct {
	*os.File // the write end
	read     *os.File
	dialogue *dialogue
	from     decide.Party
	once     sync.Once
	onceRead sync.Once
}

func newWire(d *dialogue, from decide.Party) (*wire, error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return nil, err
	}
	// Only our end is nonblocking, for the runtime's poller. The program's end blocks, as programs expect.
	if err := unix.SetNonblock(fds[1], true); err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return nil, err
	}
	write, read := os.NewFile(uintptr(fds[1]), "wire"), os.NewFile(uintptr(fds[0]), "wire")
	return &wire{File: write, read: read, dialogue: d, from: from}, nil
}

// Write passes on what the jail has read from its program. If the reader is gone it returns an error and the rest
// is discarded, unnoticed by the program.
func (w *wire) Write(words []byte) (int, error) {
	w.dialogue.said(w.from, words)
	return w.File.Write(words)
}

// Full implements isolate.Peer.
func (w *wire) Full() bool { return isFull(w.File) }

// CloseWrite implements isolate.Peer.
func (w *wire) CloseWrite() { w.close() }

func (w *wire) close()  { w.once.Do(func() { w.File.Close() }) }
func (w *wire) unread() { w.onceRead.Do(func() { w.read.Close() }) }

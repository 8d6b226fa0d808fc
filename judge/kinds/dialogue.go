package kinds

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate/threads"
	"judge/judge/decide"
)

// The numbers of the two in their meeting.
const (
	submissionParty = iota
	interactorParty
)

// dialogue is what a submission and its interactor know of each other.
type dialogue struct {
	*rendezvous
	drop chan struct{} // closed to end the interactor
	told chan struct{} // closed when the interactor may be told that the submission has ended

	// What follows is guarded by rendezvous.mu.
	ended     bool // one of the two has ended, as far as the other could know
	delivered bool // all words of a submission that has ended are with the interactor
	listened  int  // how often the interactor has been found asleep since
	dropped   bool // the interactor was stopped, as nothing that it says matters any more
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

// submissionEnded is for when the interactor may know of it.
func (d *dialogue) submissionEnded() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	if d.first == decide.Nobody {
		d.first = decide.Submission
	}
}

// left is called once all of the submission's processes are dead. An interactor that fails from then on, on what is
// left, does not speak first: nobody read any more what it said.
func (d *dialogue) left(clean bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gone = true
	if !clean {
		d.failLocked()
	}
}

// interactorEnded is for when its answer is known. That of one that was stopped says nothing.
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

// stuck is for when both wait for each other. When one of them has ended the other waits for itself.
func (d *dialogue) stuck(waits []threads.Wait) {
	if waits[submissionParty] == (threads.Wait{}) {
		return // an interactor that does not end is the problem's fault, and has a limit of its own
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

// hold keeps the end of a submission that failed from the interactor until it has made of its words what it will. If it
// refuses them, that stands, and if it goes on to listen the failure does: which of the two ends a moment earlier must
// not decide. Then, or after maxHeld, nothing that the interactor says can change the verdict, and it is dropped.
func (d *dialogue) hold() {
	d.mu.Lock()
	d.delivered = true
	if d.late != nil {
		d.late.Stop() // the time for what was on its way is over: now the interactor has time of its own
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

// giveUp stops an interactor that cannot change the verdict any more.
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

// listens is called again and again while the interactor sleeps. The first time may have been seen before the last
// words came.
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

// said notes what a party has written.
func (d *dialogue) said(who decide.Party, words []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text.add(who, words)
}

// DialogueKept bounds what is kept of an interaction, in bytes.
const DialogueKept = 4 << 10

// transcript keeps the beginning and the end of what is said, as .interaction files of the ICPC problem package format
// have it: a line begins with > if it is the submission's and with < if it is the interactor's. Behind that stand the
// seconds.
type transcript struct {
	started time.Time
	speaks  decide.Party // whose line is not complete; nobody: the last one is
	head    []byte
	tail    []byte
	left    int // bytes that are in neither
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
	if more := len(t.tail) - half; more > half { // now and then, as it moves what stays
		t.left += more
		t.tail = append(t.tail[:0], t.tail[more:]...)
	}
}

// Bytes are all that is kept; what is left out is said.
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

// wire carries what one party writes to the other's stdin.
type wire struct {
	*os.File // the end that is written to
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
	// Only our end is nonblocking, for the runtime's poller; the program's is as programs expect.
	if err := unix.SetNonblock(fds[1], true); err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return nil, err
	}
	write, read := os.NewFile(uintptr(fds[1]), "wire"), os.NewFile(uintptr(fds[0]), "wire")
	return &wire{File: write, read: read, dialogue: d, from: from}, nil
}

// Write hands on what the jail has read of its program. When nobody reads any more, that is an error, and the rest goes
// nowhere: the program does not notice.
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

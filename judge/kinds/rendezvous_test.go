package kinds

import (
	"errors"
	"testing"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/isolate/threads"
	"judge/judge/decide"
	"judge/problems"
)

// TestSpeedOfInteractingProgramsDoesNotMatter: the same ends of a manager and two processes, in every order in which they may be seen.
func TestSpeedOfInteractingProgramsDoesNotMatter(t *testing.T) {
	limits := problems.Limits{Time: time.Second, Wall: 3 * time.Second}
	half := 0.5
	right, wrong, partly := &checkers.Check{Accepted: true}, &checkers.Check{}, &checkers.Check{Score: &half}
	good, bad, killed := isolate.Outcome{Cause: isolate.Exited}, isolate.Outcome{Cause: isolate.Exited, Code: 3}, isolate.Outcome{Cause: isolate.MemoryLimit}
	for _, row := range []struct {
		what         string
		first, other isolate.Outcome
		check        *checkers.Check
		err          error
		want         decide.Decision
	}{
		{"all is well", good, good, right, nil, decide.Decision{Verdict: problems.AC, Reason: ""}},
		{"the manager refuses", good, good, wrong, nil, decide.Decision{Verdict: problems.WA, Reason: ""}},
		{"the manager refuses, and one fails", good, bad, wrong, nil, decide.Decision{Verdict: problems.WA, Reason: ""}},
		{"the manager fails", good, bad, nil, errors.New("exit 1"), decide.Decision{Verdict: problems.JE, Reason: "manager exit 1"}},
		{"the manager is content, and one fails", bad, good, right, nil, decide.Decision{Verdict: problems.RTE, Reason: "exit 3"}},
		{"a part is earned, and one fails", good, bad, partly, nil, decide.Decision{Verdict: problems.RTE, Reason: "exit 3"}},
		{"a part is earned", good, good, partly, nil, decide.Decision{Verdict: problems.WA, Reason: ""}},
		{"the worst of two speaks", bad, killed, right, nil, decide.Decision{Verdict: problems.MLE, Reason: ""}},
	} {
		for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			k := newRendezvous("manager", 2)
			for _, party := range order {
				switch party {
				case 0:
					k.processEnded(0, row.first, nil)
				case 1:
					k.processEnded(1, row.other, nil)
				default:
					k.deciderEnded(row.check, row.err)
				}
			}
			k.close()
			var facts decide.Facts
			k.into(&facts)
			if got := decide.Decide(limits, facts); got != row.want {
				t.Errorf("%s, in the order %v: %+v, want %+v", row.what, order, got, row.want)
			}
		}
	}
}

// TestBlockedPartiesEndACommunication: it is a deadlock, unless a process has failed before.
func TestBlockedPartiesEndACommunication(t *testing.T) {
	for _, row := range []struct {
		what   string
		failed bool
	}{{"all wait", false}, {"one has failed, and the others wait", true}} {
		k := newRendezvous("manager", 2)
		if row.failed {
			k.processEnded(0, isolate.Outcome{Cause: isolate.Exited, Code: 1}, nil)
		}
		k.blocked(&decide.Deadlock{})
		select {
		case <-k.stop:
		default:
			t.Errorf("%s: it goes on", row.what)
		}
		if (k.deadlock == nil) != row.failed || k.first != decide.Submission {
			t.Errorf("%s: deadlock %v, decided %v", row.what, k.deadlock, k.first)
		}
		k.close()
	}
}

// TestDeadlockNamesTheWaitingPrograms: the manager, the process that it waits for, and some of the others.
func TestDeadlockNamesTheWaitingPrograms(t *testing.T) {
	pipe := func(n uint64) *fifo { return &fifo{file: threads.File{Inode: n}} }
	var all []pipes
	for i := range uint64(5) {
		all = append(all, pipes{toManager: pipe(10 + i), toProcess: pipe(20 + i)})
	}
	reads := func(n uint64) threads.Wait {
		return threads.Wait{Call: threads.Read, FD: 3, File: threads.File{Inode: n}}
	}
	lock := threads.Wait{Call: threads.Lock, FD: -1}
	waits := []threads.Wait{reads(20), {}, reads(22), lock, reads(99), reads(12)}
	const want = "deadlock: the manager reads from process 2, process 2 reads from the manager, process 0 reads from the manager, 2 more wait"
	if got := describe(waits, all).String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

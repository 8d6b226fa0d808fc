package kinds

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/isolate/threads"
	"judge/judge/decide"
	"judge/judge/report"
)

// talk is what is known of one communication. The manager's word stands if it refuses or fails before it could have
// known that a process has failed: nobody is told of that until all are blocked, and then the verdict is known. So it
// does not matter who is faster.
type talk struct {
	stop    chan struct{} // closed to end all
	meeting *isolate.Meeting

	mu       sync.Mutex
	over     bool // stop is closed
	outcomes []isolate.Outcome
	failed   bool             // a process has
	decided  decide.Party     // whose word stands; nobody: all ended as they should
	deadlock *decide.Deadlock // nil: none was found
	late     *time.Timer      // ends those who are never blocked
	stderr   []*report.Excerpt
	check    *checkers.Check
	broken   error // a process's jail
	fault    error // of the manager
}

func newTalk(processes int) *talk {
	k := &talk{stop: make(chan struct{}), outcomes: make([]isolate.Outcome, processes)}
	for range processes {
		k.stderr = append(k.stderr, &report.Excerpt{Max: StderrKept})
	}
	return k
}

// meet prepares the meeting of all processes and, behind them, the manager.
func (k *talk) meet(v *venue) {
	k.meeting = isolate.NewMeeting(isolate.MeetingConfig{
		Parties: len(k.outcomes) + 1,
		Relieve: func(held threads.Held) { v.relieve(held, !k.hasFailed()) },
		OnDeadlock: func(waits []threads.Wait) {
			found := describe(waits, v.all)
			k.blocked(&found)
		},
	})
}

// held returns what the living programs have open.
func (k *talk) held() threads.Held { return k.meeting.Held() }

// describe tells who waits for what: the manager first, behind it the process that it waits for.
func describe(waits []threads.Wait, all []pipes) (d decide.Deadlock) {
	manager := len(all)
	partner := -1
	addWait(&d, "the manager", waits[manager], func(w threads.Wait) string {
		partner = slices.IndexFunc(all, func(p pipes) bool {
			return w.File == p.toManager.file || w.File == p.toProcess.file
		})
		if partner < 0 {
			return ""
		}
		return processName(partner)
	})
	process := func(i int) {
		addWait(&d, processName(i), waits[i], func(w threads.Wait) string {
			if w.File == all[i].toManager.file || w.File == all[i].toProcess.file || w.FD == 1 && w.Call == threads.Write {
				return "the manager"
			}
			return ""
		})
	}
	if partner >= 0 {
		process(partner)
	}
	for i := range all {
		if i != partner {
			process(i)
		}
	}
	return d
}

func processName(i int) string { return fmt.Sprintf("process %d", i) }

// processEnded reports whether the others may see that it has.
func (k *talk) processEnded(i int, outcome isolate.Outcome, err error) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.outcomes[i] = outcome
	switch {
	case err != nil:
		if k.broken == nil {
			k.broken = err
		}
		k.endAll()
	case failedRun(outcome):
		k.failLocked()
	default:
		return true
	}
	return k.over
}

// processDead is called when all of a process is dead, and what it has written may still be on its way to a manager
// that is slow to read.
func (k *talk) processDead(clean bool) {
	if clean {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.failLocked()
}

func (k *talk) failLocked() {
	k.failed = true
	if k.late == nil {
		k.late = time.AfterFunc(maxHeld, func() { k.blocked(nil) })
	}
}

// managerEnded ends the processes unless the manager's answer earns something: then they have to end as they should.
func (k *talk) managerEnded(check *checkers.Check, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		k.fault = fmt.Errorf("manager %w", err)
	} else {
		k.check = check
	}
	if (err != nil || decide.TurnedDown(check)) && k.decided == decide.Nobody {
		k.decided = decide.Interactor
		k.endAll()
	}
}

func (k *talk) hasFailed() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.failed
}

// blocked ends all, as nothing more is to come. It is no deadlock if a process has failed, which nobody was told.
func (k *talk) blocked(found *decide.Deadlock) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over || k.decided != decide.Nobody {
		return
	}
	k.decided = decide.Submission
	if !k.failed {
		k.deadlock = found
	}
	k.endAll()
}

func (k *talk) endAll() {
	if !k.over {
		k.over = true
		close(k.stop)
	}
}

// close is for when all have ended.
func (k *talk) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.late != nil {
		k.late.Stop()
	}
}

func failedRun(o isolate.Outcome) bool {
	return o.Cause != isolate.Exited || o.Code != 0 || o.ExecErrno != 0
}

// gravity orders outcomes as decide does: what is less is worse.
func gravity(o isolate.Outcome) int {
	switch {
	case o.Cause == isolate.MemoryLimit:
		return 0
	case o.Cause == isolate.OutputLimit:
		return 1
	case o.Cause == isolate.CPULimit:
		return 2
	case o.Cause == isolate.WallLimit:
		return 3
	case o.Cause == isolate.Stopped:
		return 5
	case failedRun(o):
		return 4
	default:
		return 6
	}
}

// into makes facts of what was seen. The submission's CPU time and memory are those of all its processes together, and
// of several that failed the worst one speaks.
func (k *talk) into(facts *decide.Facts) {
	facts.Check, facts.Err, facts.Deadlock = k.check, k.fault, k.deadlock
	if k.broken != nil {
		facts.Check, facts.Err = nil, k.broken
		return
	}
	speaks := k.outcomes[0]
	usage := isolate.Usage{}
	for _, o := range k.outcomes {
		if gravity(o) < gravity(speaks) {
			speaks = o
		}
		usage.CPU += o.Usage.CPU
		usage.Wall = max(usage.Wall, o.Usage.Wall)
		usage.Memory += o.Usage.Memory
		usage.Output += o.Usage.Output
	}
	speaks.Usage = usage
	facts.Run, facts.First = &speaks, k.decided
	for _, e := range k.stderr {
		facts.Stderr = append(facts.Stderr, e.Bytes()...)
	}
	facts.Stderr = facts.Stderr[:min(len(facts.Stderr), StderrKept)]
}

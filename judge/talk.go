package judge

import (
	"fmt"
	"sync"
	"time"

	"judge/checkers"
	"judge/isolate"
)

// talk is what is known of one communication. The manager's word stands if it refuses or fails before it could have known that a process
// has failed: nobody is told of that until all have come to rest, and then the verdict is known. So it does not matter who is faster.
type talk struct {
	stop chan struct{} // closed to end all

	mu       sync.Mutex
	parties  []rest // the processes', and behind them the manager's
	lastEnd  time.Time
	over     bool // stop is closed
	outcomes []isolate.Outcome
	failed   bool  // a process has
	decided  party // whose word stands; nobody: all ended as they should
	deadlock bool
	late     *time.Timer // ends what never comes to rest
	stderr   []*excerpt
	check    *checkers.Check
	broken   error // a process's jail
	fault    error // of the manager
}

// rest is what has been seen of a party: at the time of seen it waited for others, and it had done nothing after since.
type rest struct {
	ended       bool
	since, seen time.Time
}

func newTalk(processes int) *talk {
	k := &talk{stop: make(chan struct{}), parties: make([]rest, processes+1), outcomes: make([]isolate.Outcome, processes)}
	for range processes {
		k.stderr = append(k.stderr, &excerpt{most: stderrKept})
	}
	return k
}

// processEnded reports whether the others may see that it has.
func (k *talk) processEnded(i int, outcome isolate.Outcome, err error) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.parties[i].ended, k.lastEnd = true, time.Now()
	k.outcomes[i] = outcome
	switch {
	case err != nil:
		if k.broken == nil {
			k.broken = err
		}
		k.endAll()
	case failedRun(outcome):
		k.failed = true
		if k.late == nil {
			k.late = time.AfterFunc(mostHeld, func() { k.atRest() })
		}
	default:
		return true
	}
	return k.over
}

// managerEnded ends the processes unless the manager's answer earns something: then they have to end as they should.
func (k *talk) managerEnded(check *checkers.Check, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.parties[len(k.parties)-1].ended, k.lastEnd = true, time.Now()
	if err != nil {
		k.fault = fmt.Errorf("manager %w", err)
	} else {
		k.check = check
	}
	if (err != nil || turnedDown(check)) && k.decided == nobody {
		k.decided = interactor
		k.endAll()
	}
}

// restful is how long all must have done nothing: whoever takes the place of one that has ended has told the others by then.
const restful = 200 * time.Millisecond

// hangs is called again and again while a party waits for others. If there was a moment at which all of them did, nothing will
// happen any more.
func (k *talk) hangs(i int, since, seen time.Time) bool {
	k.mu.Lock()
	k.parties[i].since, k.parties[i].seen = since, seen
	from, to := k.lastEnd, seen
	for _, p := range k.parties {
		if p.ended {
			continue
		}
		if p.since.After(from) {
			from = p.since
		}
		if p.seen.Before(to) { // also if it was never seen so
			to = p.seen
		}
	}
	k.mu.Unlock()
	if to.Sub(from) >= restful {
		k.atRest()
	}
	return false
}

// atRest ends all, as nothing more is to come.
func (k *talk) atRest() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over || k.decided != nobody {
		return
	}
	k.decided, k.deadlock = submission, !k.failed
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

// into makes facts of what was seen. The submission's CPU time and memory are those of all its processes together, and of several that
// failed the worst one speaks.
func (k *talk) into(facts *Facts) {
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
	facts.Stderr = facts.Stderr[:min(len(facts.Stderr), stderrKept)]
}

package kinds

import (
	"fmt"
	"sync"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/decide"
	"judge/judge/report"
)

// maxHeld bounds how long the exit of a failed submission is hidden from the program that it interacts with.
const maxHeld = 5 * time.Second

// rendezvous is the state of the programs that interact on one test: the processes of the submission and, at the
// last index, the decider. The decider is the problem's program: an interactor, with one process, or a manager.
//
// The decider's result counts if it rejects or fails before it could have observed the failure of a process. It
// learns of a failure only after it has consumed the process's output, or after maxHeld. So the verdict does not
// depend on which program is faster.
type rendezvous struct {
	decider string           // what messages call the decider
	stop    chan struct{}    // closed to end the submission's processes
	meeting *isolate.Meeting // of the processes and, behind them, the decider
	giveUp  func()           // called when a process has failed and maxHeld is over

	mu       sync.Mutex
	over     bool // stop is closed
	outcomes []isolate.Outcome
	stderr   []*report.Excerpt
	failed   bool             // a process has
	gone     bool             // the decider may have failed because the processes had ended
	first    decide.Party     // whose result counts; Nobody: all ended normally
	deadlock *decide.Deadlock // nil: no deadlock was found
	late     *time.Timer      // calls giveUp; nil: no process has failed
	check    *checkers.Check  // the decider's result
	broken   error            // a process's jail
	fault    error            // of the decider
}

func newRendezvous(decider string, processes int) *rendezvous {
	r := &rendezvous{decider: decider, stop: make(chan struct{}), outcomes: make([]isolate.Outcome, processes)}
	r.giveUp = func() { r.blocked(nil) }
	for range processes {
		r.stderr = append(r.stderr, &report.Excerpt{Max: StderrKept})
	}
	return r
}

// processEnded records the end of a process. It reports whether the others may observe it.
func (r *rendezvous) processEnded(i int, outcome isolate.Outcome, err error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcomes[i] = outcome
	switch {
	case err != nil:
		if r.broken == nil {
			r.broken = err
		}
		r.endLocked()
	case failedRun(outcome):
		r.failLocked()
	default:
		return true
	}
	return r.over
}

// processDead is called when all of a process is dead. Its output may still be on its way to a slow decider.
func (r *rendezvous) processDead(clean bool) {
	if clean {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failLocked()
}

func (r *rendezvous) failLocked() {
	r.failed = true
	if r.late == nil {
		r.late = time.AfterFunc(maxHeld, r.giveUp)
	}
}

func (r *rendezvous) hasFailed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

// deciderEnded ends the processes unless the result scores points: then they must end normally by themselves.
func (r *rendezvous) deciderEnded(check *checkers.Check, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.deciderEndedLocked(check, err)
}

func (r *rendezvous) deciderEndedLocked(check *checkers.Check, err error) {
	if err != nil {
		r.fault = fmt.Errorf("%s %w", r.decider, err)
	} else {
		r.check = check
	}
	if err == nil && !decide.TurnedDown(check) {
		return
	}
	switch {
	case r.first != decide.Nobody:
	case err != nil && r.gone:
		r.first = decide.Submission
	default:
		r.first = decide.Interactor
	}
	r.endLocked()
}

// blocked ends all programs, because no more output can come. It is not a deadlock if a process has failed and
// that was hidden from the others.
func (r *rendezvous) blocked(found *decide.Deadlock) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return
	}
	if r.first == decide.Nobody {
		r.first = decide.Submission
	}
	if !r.failed {
		r.deadlock = found
	}
	r.endLocked()
}

func (r *rendezvous) endLocked() {
	if !r.over {
		r.over = true
		close(r.stop)
	}
}

// close is called when all programs have ended.
func (r *rendezvous) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.late != nil {
		r.late.Stop()
	}
}

func failedRun(o isolate.Outcome) bool {
	return o.Cause != isolate.Exited || o.Code != 0 || o.ExecErrno != 0
}

// gravity orders outcomes as decide does: lower is worse.
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

// into converts the state to facts. The submission's CPU time and memory are the sums of its processes; if several
// failed, the worst one counts.
func (r *rendezvous) into(facts *decide.Facts) {
	facts.Check, facts.Err, facts.Deadlock = r.check, r.fault, r.deadlock
	if r.broken != nil {
		facts.Check, facts.Err = nil, r.broken
		return
	}
	speaks := r.outcomes[0]
	usage := isolate.Usage{}
	for _, o := range r.outcomes {
		if gravity(o) < gravity(speaks) {
			speaks = o
		}
		usage.CPU += o.Usage.CPU
		usage.Wall = max(usage.Wall, o.Usage.Wall)
		usage.Memory += o.Usage.Memory
		usage.Output += o.Usage.Output
		usage.Stderr += o.Usage.Stderr
	}
	speaks.Usage = usage
	facts.Run, facts.First = &speaks, r.first
	for _, e := range r.stderr {
		facts.Stderr = append(facts.Stderr, e.Bytes()...)
	}
	facts.Stderr = facts.Stderr[:min(len(facts.Stderr), StderrKept)]
}

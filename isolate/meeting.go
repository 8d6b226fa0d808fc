package isolate

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"judge/isolate/threads"
)

// A Meeting is several programs, each in a jail, that talk with each other through pipes: one Command for each party. All of them start at
// once, their wall time begins when the last has started, and the meeting finds out when they wait for each other.
//
// Every party must Leave in the end, whether or not its command was run. A Meeting serves once.
type Meeting struct {
	config  MeetingConfig
	started chan struct{} // closed when every party may start
	seat    sync.Once     // takes the seats
	seated  error         // why that failed
	unseat  func()        // gives them back; nil: none were taken

	mu      sync.Mutex
	parties []party
	began   time.Time // when the last party has started; zero: not yet
	next    time.Time // when the next look is due
	over    bool      // a deadlock was found
	since   time.Time // when the parties were first found blocked as in last; zero: they were not
	last    []threads.Snapshot
}

// MeetingConfig says how many parties there are and what the caller does for them.
type MeetingConfig struct {
	Parties int
	// Relieve is called when all parties are blocked. The caller then does what he owes them, such as to close a pipe for a party that has
	// left; only if that wakes nobody is it a deadlock. held is what Held would return. It must not block, nor call the meeting. nil: nothing
	// is owed.
	Relieve func(held threads.Held)
	// OnDeadlock is called once when the parties have been blocked on each other: at one moment each of them slept in a wait that has no
	// timeout and that no timer can end, and nothing was on its way between them. waits has one entry for each party; those that have
	// left have the zero value.
	OnDeadlock func(waits []threads.Wait)
}

// attendance is how far a party has come.
type attendance uint8

const (
	expected attendance = iota
	ready               // waits for the others
	running
	dying // killed or ended; the caller does not know yet
	left
)

type party struct {
	attendance attendance
	run        *run
	cpu        time.Duration // used when last seen
	waited     time.Duration // for the core, since the meeting began, when last seen
	before     time.Duration // waited for the core until the meeting began
	rests      bool          // used no CPU time between the last two looks
}

// NewMeeting prepares a meeting.
func NewMeeting(config MeetingConfig) *Meeting {
	return &Meeting{config: config, started: make(chan struct{}), parties: make([]party, config.Parties)}
}

// sit takes a seat for every party, once: so that no meeting waits for the rest of its jails while others hold them and wait, too.
func (m *Meeting) sit(ctx context.Context, seats *semaphore.Weighted) error {
	m.seat.Do(func() {
		n := int64(len(m.parties))
		if m.seated = seats.Acquire(ctx, n); m.seated == nil {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.unseat = func() { seats.Release(n) }
		}
	})
	return m.seated
}

// arrive waits until all others have arrived or left, or this one is told to stop.
func (m *Meeting) arrive(ctx context.Context, i int, stop <-chan struct{}) {
	m.enter(i, ready)
	select {
	case <-m.started:
	case <-stop:
	case <-ctx.Done():
	}
}

// begin is for a party whose program has started.
func (m *Meeting) begin(i int, r *run) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.parties[i].run = r
	m.enterLocked(i, running)
}

// end is for a party whose program is dead, having used and waited for so much. After it returns nobody looks at the run any more.
func (m *Meeting) end(i int, cpu, waited time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := &m.parties[i]
	p.waited = max(p.waited, p.waitedNow()-p.before, waited-p.before)
	p.run, p.cpu = nil, max(p.cpu, cpu)
	m.enterLocked(i, dying)
}

// Leave says that a party is gone, and that the caller has told the others what they may know of it.
func (m *Meeting) Leave(i int) { m.enter(i, left) }

func (m *Meeting) enter(i int, a attendance) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.enterLocked(i, a)
}

func (m *Meeting) enterLocked(i int, a attendance) {
	m.parties[i].attendance = a
	arrived, allRun, allLeft := true, true, true
	for _, p := range m.parties {
		arrived = arrived && p.attendance != expected
		allRun = allRun && p.attendance >= running
		allLeft = allLeft && p.attendance == left
	}
	if allLeft && m.unseat != nil {
		m.unseat()
		m.unseat = nil
	}
	if arrived {
		select {
		case <-m.started:
		default:
			close(m.started)
		}
	}
	if allRun && m.began.IsZero() {
		m.began = time.Now()
		for i := range m.parties {
			m.parties[i].before = m.parties[i].waitedNow()
		}
	}
}

// beganAt returns when the last party had started; false: not yet.
func (m *Meeting) beganAt() (time.Time, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.began, !m.began.IsZero()
}

func (p *party) waitedNow() time.Duration {
	if p.run == nil {
		return 0
	}
	return p.run.waitedForCore()
}

// lost returns how long, since the meeting began, its core was kept from all parties together although one of them could have used it, or
// one of the judge's threads that carry their words: what they waited for the core, but no more than the time in which none of them ran.
func (m *Meeting) lost(now time.Time, most time.Duration) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	var waited, used time.Duration
	for i := range m.parties {
		p := &m.parties[i]
		p.waited = max(p.waited, p.waitedNow()-p.before)
		waited += p.waited
		used += p.cpu
	}
	return max(0, min(waited, now.Sub(m.began)-used, most))
}

// note is called by a party at every look. cpu is what it has used.
func (m *Meeting) note(i int, cpu time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := &m.parties[i]
	p.rests = cpu == p.cpu
	p.cpu = cpu
}

// runnable reports whether a thread of a party, or one that carries its words, could run now. The kernel counts its wait for the core only
// when it is over.
func (m *Meeting) runnable() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.parties {
		if p.run != nil && threads.AnyRunnable(p.run.crew()) {
			return true
		}
	}
	return false
}

// asleep reports whether all parties sleep, and the judge's threads that carry their words.
func (m *Meeting) asleep() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.parties {
		if p.attendance == running && !threads.AllSleep(p.run.crew()) {
			return false
		}
	}
	return true
}

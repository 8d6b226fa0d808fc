package isolate

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"judge/isolate/threads"
)

// Meeting is several programs, each in a jail, that talk to each other through pipes, with one
// Command for each party. All of them start at once. Their wall time begins when the last one has
// started. The meeting detects when they wait for each other.
//
// Every party must call Leave in the end, whether or not its command was run. A Meeting serves
// once.
type Meeting struct {
	config  MeetingConfig
	started chan struct{} // closed when every party may start
	seat    sync.Once     // takes the seats
	seated  error         // why taking them failed
	unseat  func()        // gives them back; nil: none were taken

	mu      sync.Mutex
	parties []party
	began   time.Time // when the last party started; zero: not yet
	next    time.Time // when the next look is due
	over    bool      // a deadlock was found
	since   time.Time // when the parties were first found blocked as in last; zero: they were not
	last    []threads.Snapshot
}

// MeetingConfig holds the number of parties and the callbacks of a Meeting.
type MeetingConfig struct {
	Parties int
	// Relieve, if set, is called when all parties are blocked. The caller then does what it has
	// postponed, such as closing a pipe of a party that has left. It is a deadlock only if that
	// wakes no party. held is the result of Held. Relieve must not block and must not call the
	// meeting.
	Relieve func(held threads.Held)
	// OnDeadlock is called once when the parties are blocked on each other: at one moment each of
	// them slept in a wait that has no timeout and that no timer can end, and no data was in
	// transit between them. waits has one entry for each party, the zero value for one that has
	// left.
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
	cpu        time.Duration // used, when last seen
	waited     time.Duration // for the core since the meeting began, when last seen
	before     time.Duration // for the core before the meeting began
	rests      bool          // used no CPU time between the last two looks
}

// NewMeeting returns a meeting that no party has joined.
func NewMeeting(config MeetingConfig) *Meeting {
	return &Meeting{config: config, started: make(chan struct{}), parties: make([]party, config.Parties)}
}

// sit takes a seat for every party, once. Otherwise two meetings could hold some of their jails
// each and wait for the rest forever.
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

// arrive waits until all others have arrived or left, or stop or ctx ends.
func (m *Meeting) arrive(ctx context.Context, i int, stop <-chan struct{}) {
	m.enter(i, ready)
	select {
	case <-m.started:
	case <-stop:
	case <-ctx.Done():
	}
}

// begin is called when a party's program has started.
func (m *Meeting) begin(i int, r *run) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.parties[i].run = r
	m.enterLocked(i, running)
}

// end is called when a party's program is dead. cpu and waited are its final figures. After it
// returns, the meeting does not use the run any more.
func (m *Meeting) end(i int, cpu, waited time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := &m.parties[i]
	p.waited = max(p.waited, p.waitedNow()-p.before, waited-p.before)
	p.run, p.cpu = nil, max(p.cpu, cpu)
	m.enterLocked(i, dying)
}

// Leave is called when a party is gone and the caller has told the others what they may know of it.
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

// beganAt returns when the last party started; false: not yet.
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

// lost returns how long other processes of the host kept the core from the meeting since it began.
// It is the time that the parties, and the judge's threads that copy their output, waited for the
// core, but at most the time in which none of them ran, and at most maxLost.
func (m *Meeting) lost(now time.Time, maxLost time.Duration) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	var waited, used time.Duration
	for i := range m.parties {
		p := &m.parties[i]
		p.waited = max(p.waited, p.waitedNow()-p.before)
		waited += p.waited
		used += p.cpu
	}
	return max(0, min(waited, now.Sub(m.began)-used, maxLost))
}

// note is called by a party at every look, with the CPU time that it has used.
func (m *Meeting) note(i int, cpu time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := &m.parties[i]
	p.rests = cpu == p.cpu
	p.cpu = cpu
}

// runnable reports whether a thread of a party, or one that copies its output, could run now. The
// kernel counts a wait for the core only when it is over.
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

// asleep reports whether all threads of the parties sleep, and the judge's threads that copy their
// output.
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

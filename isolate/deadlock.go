package isolate

import (
	"slices"
	"time"

	"judge/isolate/threads"
)

// Timing of the search for deadlocks.
const (
	// lookEvery is the pause between two looks at all parties. A look at 65 parties takes some
	// milliseconds.
	lookEvery = 50 * time.Millisecond
	// blockedFor is how long the parties must have been blocked. One moment proves a deadlock. This
	// guards against a kernel with a wait that ends in a way unknown here.
	blockedFor = 200 * time.Millisecond
)

// look detects whether all parties are blocked on each other. It does nothing while another party
// looks.
//
// The proof is a double collect. First every thread of every party is found asleep. Then no data is
// found in transit between them. Then no thread is found to have run since the first look. So there
// was one moment at which all slept and no data was in transit. The proof does not depend on
// durations, so a busy host cannot break it: if any process is delayed between two steps, the judge
// included, the last look can only fail.
func (m *Meeting) look(now time.Time) {
	if !m.mu.TryLock() {
		return
	}
	defer m.mu.Unlock()
	if now.Before(m.next) || m.over || m.began.IsZero() || !m.mayBeBlocked() {
		return
	}
	m.next = now.Add(lookEvery)
	snapshots, waits, ok := m.collect()
	if !ok || !m.stillAsleep(snapshots) {
		m.since = time.Time{}
		return
	}
	if m.config.Relieve != nil {
		m.config.Relieve(m.held())
		if !m.stillAsleep(snapshots) {
			m.since = time.Time{}
			return
		}
	}
	if m.since.IsZero() || !slices.EqualFunc(m.last, snapshots, threads.Snapshot.Equal) {
		m.since, m.last = time.Now(), snapshots
		return
	}
	if time.Since(m.since) >= blockedFor {
		m.over = true
		m.config.OnDeadlock(waits)
	}
}

// mayBeBlocked is the cheap part of look: no party is about to end, and none has used CPU time
// recently.
func (m *Meeting) mayBeBlocked() bool {
	present := false
	for _, p := range m.parties {
		switch p.attendance {
		case left:
		case running:
			if !p.rests || p.run.killed() {
				return false
			}
			present = true
		default:
			return false
		}
	}
	return present
}

// collect makes the first look, and then the search for data in transit.
func (m *Meeting) collect() ([]threads.Snapshot, []threads.Wait, bool) {
	snapshots, waits := make([]threads.Snapshot, len(m.parties)), make([]threads.Wait, len(m.parties))
	ids := make([][]string, len(m.parties))
	for i, p := range m.parties {
		if p.attendance != running {
			continue
		}
		var err error
		if ids[i], err = p.run.jail.group.Threads(); err != nil {
			return nil, nil, false
		}
		s, all, blocked := threads.Blocked(ids[i])
		if !blocked {
			return nil, nil, false
		}
		snapshots[i], waits[i] = s, threads.Main(all)
	}
	for i, p := range m.parties {
		if p.attendance == running && (!p.run.stdout.quiet() || !p.run.stderr.quiet() || threads.Unprompted(ids[i])) {
			return nil, nil, false
		}
	}
	return snapshots, waits, true
}

// stillAsleep makes the second look: it reports whether no thread has started, ended or run since
// the snapshots.
func (m *Meeting) stillAsleep(snapshots []threads.Snapshot) bool {
	for i, p := range m.parties {
		if p.attendance != running {
			continue
		}
		ids, err := p.run.jail.group.Threads()
		if err != nil {
			return false
		}
		s, ok := threads.Take(ids)
		if !ok || !s.Equal(snapshots[i]) || p.run.killed() || !threads.AllSleep(ids) {
			return false
		}
	}
	return true
}

// Held returns the files that the running parties have open.
func (m *Meeting) Held() threads.Held {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.held()
}

func (m *Meeting) held() threads.Held {
	held := threads.Held{}
	for _, p := range m.parties {
		if p.run == nil {
			continue
		}
		if ids, err := p.run.jail.group.Threads(); err == nil {
			held.Add(ids)
		}
	}
	return held
}

package threads

import "slices"

// Snapshot holds the threads of a program at one time, and how often each was given a core.
type Snapshot struct{ turns []turns }

type turns struct {
	id    string
	count uint64
}

// Equal reports whether no thread has started, ended or run between two snapshots.
func (s Snapshot) Equal(other Snapshot) bool { return slices.Equal(s.turns, other.turns) }

// Take takes a snapshot. It returns false if a thread has just ended, or if the kernel does not
// count.
func Take(ids []string) (Snapshot, bool) {
	if len(ids) == 0 || len(ids) > maxThreads {
		return Snapshot{}, false
	}
	s := Snapshot{make([]turns, 0, len(ids))}
	for _, id := range ids {
		schedule, ok := scheduleOf(id)
		if !ok || schedule.turns == 0 {
			return Snapshot{}, false
		}
		s.turns = append(s.turns, turns{id, schedule.turns})
	}
	return s, true
}

// Blocked takes a snapshot and then reports whether each thread sleeps (state S) in a wait without
// a timeout. A thread may have been woken by another one after it was inspected. But if a later
// Take returns an equal snapshot, no thread has run since. Then all of them slept at once, from the
// return of Blocked to the call of Take.
func Blocked(ids []string) (Snapshot, []Wait, bool) {
	s, ok := Take(ids)
	if !ok {
		return s, nil, false
	}
	waits := make([]Wait, 0, len(ids))
	for _, id := range ids {
		if stateOf(id) != "S" {
			return s, nil, false
		}
		wait := waitOf(id)
		if wait.Call == Timed {
			return s, nil, false
		}
		waits = append(waits, wait)
	}
	return s, waits, true
}

// Main returns the most informative wait of a program: one for something outside, rather than for
// another thread of the program.
func Main(waits []Wait) Wait {
	order := []Call{Read, Write, Poll, Signal, Child, Lock}
	return slices.MinFunc(waits, func(a, b Wait) int {
		return slices.Index(order, a.Call) - slices.Index(order, b.Call)
	})
}

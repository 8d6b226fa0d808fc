package threads

import "slices"

// Snapshot is one look at all threads of a program: who they are, and how often each was given a core.
type Snapshot struct{ turns []turns }

type turns struct {
	id    string
	count uint64
}

// Equal reports whether no thread has come, gone or run between two snapshots.
func (s Snapshot) Equal(other Snapshot) bool { return slices.Equal(s.turns, other.turns) }

// Take looks at the threads. It is false when one has just ended, or the kernel does not count.
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

// Blocked takes a snapshot and then reports whether every thread sleeps (state S), in a wait that has no timeout. What it saw of one thread
// it may have seen before another one woke it. But if a later Take returns an equal snapshot, no thread has run since it was found asleep:
// then all of them slept at once, from the return of Blocked to the call of Take.
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

// Main returns the wait that tells most of a program: one for what comes from outside, rather than for another of its threads.
func Main(waits []Wait) Wait {
	order := []Call{Read, Write, Poll, Signal, Child, Lock}
	return slices.MinFunc(waits, func(a, b Wait) int {
		return slices.Index(order, a.Call) - slices.Index(order, b.Call)
	})
}

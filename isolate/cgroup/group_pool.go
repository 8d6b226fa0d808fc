package cgroup

import (
	"judge/isolate/size"
	"slices"
	"sync"
)

// shelf keeps the groups of programs that are dead for programs to come: to make and to remove groups costs more than a process does, and
// groups without a program carry next to nothing from one to the next.
type groupPool struct {
	max int // how many rest here; 0: every program gets new ones

	mu   sync.Mutex
	sets []*set // the first has rested for longest
}

// How much memory may still be on the account of a dead program's groups when another program gets them: settled is what stays for long,
// some kernel objects; more than carried is too much. What the kernel charges to a program, it charges in batches of that size as well
// (MEMCG_CHARGE_BATCH, 64 pages), so that no peak is known any better.
const (
	settled = 64 * size.KiB
	carried = 256 * size.KiB
)

// take returns groups that have forgotten the peak of their last program; nil when there are none.
func (h *groupPool) take() (*set, error) {
	s := h.pick()
	if s == nil {
		return nil, nil
	}
	if err := s.peak.write("0"); err != nil {
		s.remove() // which tells no more than the error does
		return nil, err
	}
	return s, nil
}

// pick takes the set that has rested for longest of those that have settled, or else the one with the least in it; nil without one.
func (h *groupPool) pick() *set {
	h.mu.Lock()
	defer h.mu.Unlock()
	best, least := -1, int64(carried)
	for i, s := range h.sets {
		held, err := s.held.number()
		if err != nil || held > least {
			continue
		}
		best, least = i, held
		if held <= int64(settled) {
			break
		}
	}
	if best < 0 {
		return nil
	}
	s := h.sets[best]
	h.sets = slices.Delete(h.sets, best, best+1)
	return s
}

// give takes back the groups of a program that is dead. When there are too many, those go that have rested for longest: there is more in
// them than anybody wants to carry, or nobody wanted them.
func (h *groupPool) give(s *set) error {
	if h.max == 0 || !s.clean() {
		return s.remove()
	}
	h.mu.Lock()
	h.sets = append(h.sets, s)
	var over *set
	if len(h.sets) > h.max {
		over = h.sets[0]
		h.sets = slices.Delete(h.sets, 0, 1)
	}
	h.mu.Unlock()
	if over != nil {
		return over.remove()
	}
	return nil
}

// close closes the files of the sets, whose groups go with their tree.
func (h *groupPool) close() {
	for _, s := range h.sets {
		s.close()
	}
}

package cgroup

import (
	"judge/isolate/size"
	"slices"
	"sync"
)

// groupPool keeps the groups of dead programs for later programs. Creating and removing groups
// costs more than a process does, and groups without a program carry next to nothing over.
type groupPool struct {
	max int // number of sets to keep; 0: every program gets new groups

	mu   sync.Mutex
	sets []*set // the one that has been unused for longest comes first
}

// These bound the memory that may still be charged to a dead program's groups when another program
// gets them. settled is what stays for long: some kernel objects. More than carried is too much.
// The kernel charges memory in batches of the same size (MEMCG_CHARGE_BATCH, 64 pages), so no peak
// is more precise.
const (
	settled = 64 * size.KiB
	carried = 256 * size.KiB
)

// take returns groups whose peak has been reset, or nil when there are none.
func (p *groupPool) take() (*set, error) {
	s := p.pick()
	if s == nil {
		return nil, nil
	}
	if err := s.peak.write("0"); err != nil {
		s.remove() // the error of the reset says enough
		return nil, err
	}
	return s, nil
}

// pick removes a set from the pool: of those with at most settled bytes the one that has been
// unused for longest, otherwise the one with the least memory. It returns nil when all hold more
// than carried.
func (p *groupPool) pick() *set {
	p.mu.Lock()
	defer p.mu.Unlock()
	best, least := -1, int64(carried)
	for i, s := range p.sets {
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
	s := p.sets[best]
	p.sets = slices.Delete(p.sets, best, best+1)
	return s
}

// give takes back the groups of a dead program. When the pool is full, it removes the set that has
// been unused for longest: its memory does not settle, or it is not needed.
func (p *groupPool) give(s *set) error {
	if p.max == 0 || !s.clean() {
		return s.remove()
	}
	p.mu.Lock()
	p.sets = append(p.sets, s)
	var over *set
	if len(p.sets) > p.max {
		over = p.sets[0]
		p.sets = slices.Delete(p.sets, 0, 1)
	}
	p.mu.Unlock()
	if over != nil {
		return over.remove()
	}
	return nil
}

// close closes the files of the sets. Their groups are removed with their tree.
func (p *groupPool) close() {
	for _, s := range p.sets {
		s.close()
	}
}

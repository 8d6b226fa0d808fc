package cores

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Neighbours records how busy the cores are that run tests, to compute the share of a core that others used during
// a test: other processes of the host, and a hypervisor. They cost the test elapsed time and, through shared
// caches, CPU time. The zero value has recorded nothing.
type Neighbours struct {
	mu   sync.Mutex
	seen []sighting // the most recent ones, in order of time
}

// sighting holds the busy time of each CPU so far, by its number.
type sighting struct {
	at   time.Time
	busy map[int]time.Duration
}

const (
	lookAround   = 100 * time.Millisecond // between two observations
	maxSightings = 1200                   // two minutes
	minNeighbour = 300 * time.Millisecond // of a run: the kernel counts in hundredths of a second
)

// watch records the load until ctx ends.
func (n *Neighbours) watch(ctx context.Context) {
	n.look()
	tick := time.NewTicker(lookAround)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			n.look()
		case <-ctx.Done():
			return
		}
	}
}

// WatchUntil records the load until the returned function is called.
func (n *Neighbours) WatchUntil(ctx context.Context) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { n.watch(ctx) })
	return func() {
		stop()
		watching.Wait()
	}
}

func (n *Neighbours) look() {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return
	}
	now := sighting{time.Now(), busyTimes(text)}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.seen) == maxSightings {
		n.seen = slices.Delete(n.seen, 0, maxSightings/2)
	}
	n.seen = append(n.seen, now)
}

// busyTimes parses the lines of the CPUs: "cpu0 user nice system idle iowait irq softirq steal guest guest_nice",
// in hundredths of a second; guest time is included in user time. proc_stat(5).
func busyTimes(stat []byte) map[int]time.Duration {
	const tick, idle, wait, guest = time.Second / 100, 3, 4, 8 // USER_HZ; places of the fields
	busy := map[int]time.Duration{}
	for line := range bytes.Lines(stat) {
		name, rest, _ := strings.Cut(string(line), " ")
		cpu, err := strconv.Atoi(strings.TrimPrefix(name, "cpu"))
		if err != nil {
			continue // the sum over all CPUs, or another line
		}
		for i, field := range strings.Fields(rest) {
			ticks, err := strconv.ParseInt(field, 10, 64)
			if err == nil && i < guest && i != idle && i != wait {
				busy[cpu] += time.Duration(ticks) * tick
			}
		}
	}
	return busy
}

// Share returns the share of a CPU's time that others used during a run from then until now, which used own CPU
// time itself; 0 if it is unknown.
func (n *Neighbours) Share(cpu int, from time.Time, own time.Duration) float64 {
	if n == nil || time.Since(from) < minNeighbour {
		return 0
	}
	n.look()
	n.mu.Lock()
	defer n.mu.Unlock()
	return shareOf(n.seen, cpu, from, own)
}

// shareOf uses the last sighting before the run and the last one of all.
func shareOf(seen []sighting, cpu int, from time.Time, own time.Duration) float64 {
	if len(seen) == 0 {
		return 0
	}
	place, exact := slices.BinarySearchFunc(seen, from, func(s sighting, at time.Time) int { return s.at.Compare(at) })
	if !exact {
		place = max(0, place-1)
	}
	first, last := seen[place], seen[len(seen)-1]
	elapsed := last.at.Sub(first.at)
	if elapsed <= 0 {
		return 0
	}
	others := last.busy[cpu] - first.busy[cpu] - own
	return max(0, float64(others)/float64(elapsed))
}

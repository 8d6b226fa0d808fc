// Package speed tells how fast a core of this machine is, so that times of two machines can be compared.
//
// It does a fixed piece of work: arithmetic, branches that cannot be predicted, and memory that fits the first cache.
// Contest programs spend most of their time on these. It says little of programs that wait for memory.
package speed

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// Reference is how long the work takes on the reference, whose speed is 1: a core of an AMD EPYC server at 2.6 GHz.
const Reference = 300 * time.Microsecond

// tries is how often the work is done. The best counts: all that disturbs makes it slower.
const tries = 20

// Of measures a core, by its CPU number, in some milliseconds. 0: it cannot be told.
func Of(core int) float64 {
	type result struct{ speed float64 }
	done := make(chan result)
	go func() {
		runtime.LockOSThread() // and never unlock: the thread ends with the goroutine, pinned as it is
		var set unix.CPUSet
		set.Set(core)
		if unix.SchedSetaffinity(0, &set) != nil {
			done <- result{}
			return
		}
		done <- result{measure()}
	}()
	return (<-done).speed
}

func measure() float64 {
	best := time.Duration(1<<63 - 1)
	for range tries {
		start := time.Now()
		sum := work(1)
		if elapsed := time.Since(start); sum != 0 && elapsed > 0 {
			best = min(best, elapsed)
		}
	}
	return float64(Reference) / float64(best)
}

// work counts what a generator of random numbers gives; what it returns hangs on all of it, and is not 0.
func work(seed uint64) uint64 {
	var counts [2048]uint64 // 16 KiB
	x, sum := seed+88172645463325252, uint64(1)
	for range 200_000 {
		x ^= x << 13 // xorshift
		x ^= x >> 7
		x ^= x << 17
		at := x % uint64(len(counts))
		counts[at]++
		if counts[at]&1 == 1 {
			sum += x
		} else {
			sum ^= counts[at]*x + x/3
		}
	}
	return sum | 1
}

// Package speed measures how fast a core of this machine is, so that times of two machines can be compared.
//
// It times a fixed piece of work: arithmetic, unpredictable branches, and memory that fits the first cache. That
// is most of a contest program's time. The result means little for programs that wait for memory.
package speed

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// Reference is the duration of the work on the reference, whose speed is 1: a core of an AMD EPYC server at 2.6
// GHz.
const Reference = 300 * time.Microsecond

// tries is the number of repetitions. The fastest counts: disturbances only make it slower.
const tries = 20

// Of measures a core, by its CPU number, in a few milliseconds. It returns 0 if the core cannot be measured.
func Of(core int) float64 {
	type result struct{ speed float64 }
	done := make(chan result)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread stays pinned, and ends with the goroutine
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

// work consumes the output of a random number generator. Its result depends on all of it, and is not 0.
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

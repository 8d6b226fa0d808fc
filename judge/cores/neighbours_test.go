package cores

import (
	"context"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestBusyTimesAreThoseOfProcStat(t *testing.T) {
	const stat = "cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 1 2 3 100 200 4 5 6 1000 2000\ncpu12 7\nintr 5 6\nctxt 77\ncpu13 x 1\n"
	busy := busyTimes([]byte(stat))
	if len(busy) != 3 || busy[0] != 210*time.Millisecond || busy[12] != 70*time.Millisecond ||
		busy[13] != 10*time.Millisecond {
		t.Errorf("%v", busy)
	}
}

func TestShareOfOthersExcludesTheRun(t *testing.T) {
	start := time.Unix(1000, 0)
	at := func(tenths int, busy time.Duration) sighting {
		return sighting{start.Add(time.Duration(tenths) * lookAround), map[int]time.Duration{1: busy}}
	}
	steady := []sighting{at(0, 0), at(1, 0), at(2, 100*time.Millisecond), at(3, 200*time.Millisecond),
		at(4, 300*time.Millisecond)}
	rows := []struct {
		what string
		seen []sighting
		from int // tenths
		own  time.Duration
		want float64
	}{
		{"alone", steady, 1, 300 * time.Millisecond, 0},
		{"a third", steady, 1, 200 * time.Millisecond, 1. / 3},
		{"more than there was", steady, 1, time.Second, 0},
		{"from before all", steady, -5, 100 * time.Millisecond, 0.5},
		{"nothing seen", nil, 1, 0, 0},
		{"seen once", steady[:1], 0, 0, 0},
	}
	for _, row := range rows {
		got := shareOf(row.seen, 1, start.Add(time.Duration(row.from)*lookAround), row.own)
		if got < row.want-1e-9 || got > row.want+1e-9 {
			t.Errorf("%s: %v, want %v", row.what, got, row.want)
		}
	}
}

func TestABusyNeighbourIsSeen(t *testing.T) {
	cpus, err := usable()
	if err != nil {
		t.Fatal(err)
	}
	cpu := cpus[0]
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { // ends with its thread, which stays on that core
		runtime.LockOSThread()
		var set unix.CPUSet
		set.Set(cpu)
		unix.SchedSetaffinity(0, &set)
		for ctx.Err() == nil {
		}
	}()
	var n Neighbours
	go n.watch(ctx)
	from := time.Now()
	deadline := time.After(time.Minute)
	for n.Share(cpu, from, 0) <= 0.1 {
		select {
		case <-deadline:
			t.Fatalf("a core that is busy all the time: %v", n.Share(cpu, from, 0))
		case <-time.After(lookAround):
		}
	}
}

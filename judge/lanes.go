package judge

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// lanes runs n jobs on one lane per core, in the order of their numbers. Each lane runs one job at a time, and
// holds up to waiting more jobs that have yielded. It returns when all are done or, after ctx has ended, when the
// running ones are.
func lanes(ctx context.Context, cores []int, waiting, n int, job func(ctx context.Context, l *lane, i int)) {
	var next atomic.Int64
	var running sync.WaitGroup
	for _, cpu := range cores {
		running.Go(func() {
			slots := make(chan struct{}, waiting)
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				l := &lane{cpu: cpu, slots: slots, free: make(chan struct{})}
				running.Go(func() {
					defer l.end()
					job(ctx, l, i)
				})
				<-l.free
			}
		})
	}
	running.Wait()
}

// lane is a core for one job.
type lane struct {
	cpu   int
	slots chan struct{} // has an entry for each waiting job of this core
	waits bool
	free  chan struct{} // closed when the core may start its next job: once, by yield or end
}

// yield releases the core to the next job while this one is idle; false if too many jobs are idle already. Call it from
// the job, and not again when it has returned true.
func (l *lane) yield() bool {
	select {
	case l.slots <- struct{}{}:
		l.waits = true
		close(l.free)
		return true
	default:
		return false
	}
}

func (l *lane) end() {
	if l.waits {
		<-l.slots
		return
	}
	close(l.free)
}

// inOrder turns results that arrive in any order into calls in the order of their numbers. No other stage reorders
// results. The zero value is not usable; create one with newInOrder.
type inOrder[T any] struct {
	mu      sync.Mutex
	next    int
	waiting map[int]T
	emit    func(i int, value T)
}

func newInOrder[T any](emit func(i int, value T)) *inOrder[T] {
	return &inOrder[T]{waiting: map[int]T{}, emit: emit}
}

// put takes the result of job i, and emits it with all later ones that waited for it. emit is called for one
// result at a time.
func (o *inOrder[T]) put(i int, value T) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting[i] = value
	for {
		value, here := o.waiting[o.next]
		if !here {
			return
		}
		delete(o.waiting, o.next)
		o.emit(o.next, value)
		o.next++
	}
}

// flush emits the results that still wait for an earlier one that will never arrive.
func (o *inOrder[T]) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, i := range slices.Sorted(maps.Keys(o.waiting)) {
		o.emit(i, o.waiting[i])
		delete(o.waiting, i)
	}
}

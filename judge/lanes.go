package judge

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// lanes carries out n jobs on one lane per core, each lane one job at a time and beside it up to waiting ones that have
// let it go on, in the order of their numbers. It returns when all are done or, after ctx has ended, when those under
// way are.
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
	slots chan struct{} // holds an entry for each job of this core that waits
	waits bool
	free  chan struct{} // closed when the core may go on to its next job: once, by yield or end
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

// inOrder turns results that come in any order into calls in the order of their numbers: the one stage in which
// disorder ends. The zero value is not usable; make one with newInOrder.
type inOrder[T any] struct {
	mu      sync.Mutex
	next    int
	waiting map[int]T
	emit    func(i int, value T)
}

func newInOrder[T any](emit func(i int, value T)) *inOrder[T] {
	return &inOrder[T]{waiting: map[int]T{}, emit: emit}
}

// put takes the result of job i, and emits it with all that waited for it. emit runs for one result at a time.
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

// flush emits what has come although something before it never will.
func (o *inOrder[T]) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, i := range slices.Sorted(maps.Keys(o.waiting)) {
		o.emit(i, o.waiting[i])
		delete(o.waiting, i)
	}
}

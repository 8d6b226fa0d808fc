package judge

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"judge/isolate"
)

// lanes carries out n jobs on one lane per core, each lane one job at a time, in the order of their numbers. It returns
// when all are done or, after ctx has ended, when those under way are.
func lanes(ctx context.Context, cores []int, n int, job func(ctx context.Context, cpu, i int)) {
	var next atomic.Int64
	var running sync.WaitGroup
	for _, cpu := range cores {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				job(ctx, cpu, i)
			}
		})
	}
	running.Wait()
}

// inOrder turns results that come in any order into calls in the order of their numbers: the one stage in which disorder
// ends. The zero value is not usable; make one with newInOrder.
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

// runner runs one command in one fresh jail.
type runner func(context.Context, isolate.Command) (isolate.Outcome, error)

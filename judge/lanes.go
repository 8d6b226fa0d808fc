package judge

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"judge/judge/cores"
	"judge/problems"
)

// job is one piece of work of a lane.
type job func(ctx context.Context, l *lane)

// source returns the next job of a lane; nil: no job is left. It is called when the lane's core is free.
type source func() job

// numbered returns a source of n jobs, in the order of their numbers, that all lanes share.
func numbered(n int, do func(ctx context.Context, l *lane, i int)) func() source {
	var next atomic.Int64
	return func() source {
		return func() job {
			i := int(next.Add(1)) - 1
			if i >= n {
				return nil
			}
			return func(ctx context.Context, l *lane) { do(ctx, l, i) }
		}
	}
}

// lanes runs jobs on one lane per core. Each lane has a source, and runs one job at a time. It holds further jobs
// that have yielded, as far as their programs fit in memory. lanes returns when all jobs are done or, after ctx has
// ended, when the running ones are.
func lanes(ctx context.Context, cpus []int, memory problems.Bytes, sourceOf func() source) {
	var running sync.WaitGroup
	for _, cpu := range cpus {
		running.Go(func() {
			waiting, next := cores.NewWaiting(memory, len(cpus)), sourceOf()
			for ctx.Err() == nil {
				do := next()
				if do == nil {
					return
				}
				l := &lane{cpu: cpu, waiting: waiting, free: make(chan struct{})}
				running.Go(func() {
					defer l.end()
					do(ctx, l)
				})
				<-l.free
			}
		})
	}
	running.Wait()
}

// lane is a core for one job.
type lane struct {
	cpu     int
	waiting *cores.Waiting // the programs of this core that wait
	memory  problems.Bytes // of the job's program, while it waits
	waits   bool
	free    chan struct{} // closed when the core may start its next job: once, by yield or end
}

// yield releases the core to the next job while the program of this one, which may use so much memory, is idle;
// false if too many programs are idle already. Call it from the job, and not again when it has returned true.
func (l *lane) yield(memory problems.Bytes) bool {
	if !l.waiting.Enter(memory) {
		return false
	}
	l.waits, l.memory = true, memory
	close(l.free)
	return true
}

func (l *lane) end() {
	if l.waits {
		l.waiting.Leave(l.memory)
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

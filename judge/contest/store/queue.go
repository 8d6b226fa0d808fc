package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"judge/judge/contest"
)

// ErrClosed is the error of Put after Close.
var ErrClosed = errors.New("the result file is closed")

// maxQueued bounds the judgements that wait for the disk, and soon how many are committed without waiting for more.
const (
	maxQueued = 1024
	soon      = 256
)

// entry is a queued judgement.
type entry struct {
	judgement contest.Judgement
	then      func(Fate)
}

// queue holds judgements until they are committed. One goroutine commits them; the others add.
type queue struct {
	mu      sync.Mutex
	changed *sync.Cond // entries were removed, or there was an error, or it was closed
	entries []entry
	err     error // of the last commit
	closed  bool

	wake chan struct{} // there is something to commit; closed by close
	full chan struct{} // there is much to commit
}

func newQueue() *queue {
	q := &queue{wake: make(chan struct{}, 1), full: make(chan struct{}, 1)}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// Put queues a judgement with its runs. It is committed together with others, at the latest after Options.Interval. Put
// waits only if the disk does not keep up. After an error of writing it returns that error, until Flush succeeds.
func (s *Store) Put(j contest.Judgement) error { return s.PutThen(j, nil) }

// PutThen is Put with a function that is called once: after the commit, from another goroutine, in the order of the
// calls. It must not call the store.
func (s *Store) PutThen(j contest.Judgement, then func(Fate)) error {
	if err := checkJudgement(&j); err != nil {
		return err
	}
	if err := s.known.check(&j); err != nil {
		return err
	}
	return s.queue.add(entry{j, then})
}

// Flush waits until all that is queued has been committed. After an error of writing, such as a full disk, it tries
// again.
func (s *Store) Flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.commit()
}

func (q *queue) add(one entry) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.entries) >= maxQueued && q.err == nil && !q.closed {
		q.changed.Wait()
	}
	switch {
	case q.closed:
		return ErrClosed
	case q.err != nil:
		return q.err
	}
	q.entries = append(q.entries, one)
	signal(q.wake)
	if len(q.entries) >= soon {
		signal(q.full)
	}
	return nil
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// close ends the goroutine that commits, and every Put that waits.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.wake)
		q.changed.Broadcast()
	}
}

// batch returns what is queued. It stays queued until committed is called.
func (q *queue) batch() []entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.entries[:len(q.entries):len(q.entries)]
}

// committed removes the first n entries, unless there was an error.
func (q *queue) committed(n int, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err = err; err == nil {
		q.entries = append([]entry(nil), q.entries[n:]...)
	}
	q.changed.Broadcast()
}

// commitAll commits what arrives, until the queue is closed. After an error it waits for Flush.
func (s *Store) commitAll() {
	defer close(s.done)
	timer := time.NewTimer(s.options.Interval)
	defer timer.Stop()
	for range s.queue.wake {
		timer.Reset(s.options.Interval)
		select {
		case <-timer.C:
		case <-s.queue.full:
		}
		if s.queue.failed() {
			continue
		}
		s.commit() //nolint:errcheck // the queue keeps the error for Put, Flush and Close
	}
}

func (q *queue) failed() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err != nil
}

// commit commits what is queued, in one transaction, and then calls the functions that wait for that.
func (s *Store) commit() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	batch := s.queue.batch()
	if len(batch) == 0 {
		s.queue.committed(0, nil)
		return nil
	}
	fates := make([]Fate, len(batch))
	err := s.transact(func(ctx context.Context, tx *sql.Tx) (err error) {
		for i := range batch {
			if fates[i], err = s.put(ctx, tx, &batch[i].judgement); err != nil {
				return err
			}
		}
		return nil
	})
	s.queue.committed(len(batch), err)
	if err != nil {
		return err
	}
	for i, one := range batch {
		if one.then != nil {
			one.then(fates[i])
		}
	}
	return nil
}

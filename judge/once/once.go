// Package once has work done once that several jobs need: the first of them does it, and the others take its result.
package once

import "sync"

// Results are those of work by its key. The zero value is ready to use, by any number of goroutines.
type Results[T any] struct {
	mu    sync.Mutex
	known map[string]*result[T]
}

type result[T any] struct {
	done    bool
	value   T
	waiting []func(T)
}

// Claim reports whether the caller has to do the work of a key; it then calls Done, unless it is interrupted. Otherwise
// another caller does or did it, and take gets the result, from that goroutine or from this one: never, if that one was
// interrupted. Work without a key ("") is always the caller's.
func (r *Results[T]) Claim(key string, take func(T)) bool {
	if key == "" {
		return true
	}
	r.mu.Lock()
	found := r.known[key]
	switch {
	case found == nil:
		if r.known == nil {
			r.known = map[string]*result[T]{}
		}
		r.known[key] = &result[T]{}
		r.mu.Unlock()
		return true
	case found.done:
		r.mu.Unlock()
		take(found.value)
	default:
		found.waiting = append(found.waiting, take)
		r.mu.Unlock()
	}
	return false
}

// Done hands the result of work that was claimed to those who wait for it, and to those who come later.
func (r *Results[T]) Done(key string, value T) {
	if key == "" {
		return
	}
	r.mu.Lock()
	found := r.known[key]
	found.value, found.done = value, true
	waiting := found.waiting
	found.waiting = nil
	r.mu.Unlock()
	for _, take := range waiting {
		take(value)
	}
}

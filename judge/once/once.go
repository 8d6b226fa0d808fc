// Package once shares work that several jobs need: the first job does it, and the others use its result.
package once

import "sync"

// Results holds results of work by key. The zero value is ready to use. It is safe for concurrent use.
type Results[T any] struct {
	mu    sync.Mutex
	known map[string]*result[T]
}

type result[T any] struct {
	done    bool
	value   T
	waiting []func(T)
}

// Claim reports whether the caller must do the work of a key. It then calls Done, unless it is interrupted.
// Otherwise another caller does or did the work, and take receives the result, on this goroutine or on the other
// caller's; it is never called if that caller was interrupted. Work without a key ("") is always the caller's.
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

// Done delivers the result of claimed work to the callers that wait for it, and to later ones.
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

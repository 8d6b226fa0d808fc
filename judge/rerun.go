package judge

import (
	"context"
	"sync"

	"judge/judge/cache"
	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/problems"
)

// measure runs a test, and repeats it alone when its CPU time is too close to the limit to trust; the faster run
// counts. Alone means that no other lane runs anything: the other lanes finish their tests and wait.
//
// A program that waits does not block its core and does not disturb other runs.
func (s *session) measure(ctx context.Context, c *column, l *lane, t problems.TestCase) (decide.Facts, *whole) {
	limits, k := c.prepared.problem.Limits, c.prepared.kind(s, c.program)
	limit := limits.Time
	s.quiet.RLock()
	rest := sync.OnceFunc(s.quiet.RUnlock)
	onIdle := func() bool {
		rest()
		return l.yield(limits.Memory)
	}
	first, w := s.attempt(ctx, k, kinds.Attempt{Core: l.cpu, CPU: limit + decide.Margin(limit), OnIdle: onIdle, Test: t})
	rest()
	if !decide.Borderline(limit, first) {
		return first, w
	}
	s.quiet.Lock()
	defer s.quiet.Unlock()
	again, wAgain := s.attempt(ctx, k, kinds.Attempt{Core: l.cpu, CPU: limit, Test: t})
	return faster(first, w, again, wAgain)
}

// timing returns the limits that cached results are compared by.
func timing(l problems.Limits) cache.Timing {
	return cache.Timing{Time: l.Time, Wall: l.Wall, Margin: decide.Margin(l.Time)}
}

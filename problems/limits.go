package problems

import "time"

// DefaultWall is the elapsed time of a test where a problem gives none.
func DefaultWall(limit time.Duration) time.Duration { return 2*limit + time.Second }

// WithTime returns the limits with another time limit. A wall limit that is the default or a multiple of the time limit
// stays that. Another one grows if necessary, so that the time limit can be reached.
func (l Limits) WithTime(limit time.Duration) Limits {
	if l.WallFactor > 0 {
		l.Wall = time.Duration(l.WallFactor * float64(limit))
	} else if l.Wall == DefaultWall(l.Time) {
		l.Wall = DefaultWall(limit)
	}
	l.Time, l.Wall = limit, max(l.Wall, limit)
	return l
}

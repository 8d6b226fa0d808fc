package judge

import (
	"context"
	"testing"
)

func TestCoreContinuesWhileAJobWaits(t *testing.T) {
	const n = 4
	var ended [n]chan struct{}
	for i := range ended {
		ended[i] = make(chan struct{})
	}
	lanes(context.Background(), []int{0}, 2*n, numbered(n, func(_ context.Context, l *lane, i int) {
		defer close(ended[i])
		if i+1 < n {
			l.yield(1)
			<-ended[i+1] // hangs, and so fails, unless the core takes up the next job
		}
	}))
}

func TestCoreLimitsItsWaitingJobs(t *testing.T) {
	const most = 2
	release := make(chan struct{})
	lanes(context.Background(), []int{0}, 2*most, numbered(most+1, func(_ context.Context, l *lane, i int) {
		l.yield(1)
		if i < most {
			<-release
			return
		}
		if l.waits {
			t.Error("one job too many waits")
		}
		close(release)
	}))
}

package judge

import (
	"context"
	"testing"

	"judge/problems"
)

func TestACoreGoesOnBesideAJobThatWaits(t *testing.T) {
	const n = 4
	var ended [n]chan struct{}
	for i := range ended {
		ended[i] = make(chan struct{})
	}
	lanes(context.Background(), []int{0}, n, n, func(_ context.Context, l *lane, i int) {
		defer close(ended[i])
		if i+1 < n {
			l.goOn()
			<-ended[i+1] // hangs, and so fails, unless the core takes up the next job
		}
	})
}

func TestACoreLetsOnlySoManyJobsWait(t *testing.T) {
	const most = 2
	release := make(chan struct{})
	lanes(context.Background(), []int{0}, most, most+1, func(_ context.Context, l *lane, i int) {
		l.goOn()
		if i < most {
			<-release
			return
		}
		if l.waits {
			t.Error("one job too many waits")
		}
		close(release)
	})
}

func TestWaitingProgramsLeaveMemory(t *testing.T) {
	rows := []struct {
		available, memory problems.Bytes
		cores, want       int
	}{
		{8192 * problems.MiB, 1024 * problems.MiB, 2, 2},
		{8192 * problems.MiB, problems.MiB, 2, mostWaitingOnCore},
		{1024 * problems.MiB, 1024 * problems.MiB, 2, 0},
		{0, 1024 * problems.MiB, 2, 0},
		{1024 * problems.MiB, 0, 2, 0},
	}
	for _, row := range rows {
		if got := mostWaiting(row.available, row.memory, row.cores); got != row.want {
			t.Errorf("%+v: %d", row, got)
		}
	}
}

package cores

import (
	"testing"

	"judge/problems"
)

func TestWaitingProgramsLeaveMemory(t *testing.T) {
	rows := []struct {
		available, memory problems.Bytes
		cores, want       int
	}{
		{8192 * problems.MiB, 1024 * problems.MiB, 2, 2},
		{8192 * problems.MiB, problems.MiB, 2, maxWaitingOnCore},
		{1024 * problems.MiB, 1024 * problems.MiB, 2, 0},
		{0, 1024 * problems.MiB, 2, 0},
		{1024 * problems.MiB, 0, 2, 0},
	}
	for _, row := range rows {
		if got := MaxWaiting(row.available, row.memory, row.cores); got != row.want {
			t.Errorf("%+v: %d", row, got)
		}
	}
}

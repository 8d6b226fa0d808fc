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
		w, got := NewWaiting(row.available, row.cores), 0
		for got <= maxWaitingOnCore && w.Enter(row.memory) {
			got++
		}
		if got != row.want {
			t.Errorf("%+v: %d programs may wait", row, got)
		}
	}
}

func TestWaitingProgramsOfSeveralProblemsShareMemory(t *testing.T) {
	w := NewWaiting(2048*problems.MiB, 1)
	for i, row := range []struct {
		memory problems.Bytes
		want   bool
	}{{512 * problems.MiB, true}, {768 * problems.MiB, false}, {512 * problems.MiB, true}, {problems.MiB, false}} {
		if got := w.Enter(row.memory); got != row.want {
			t.Errorf("program %d of %d MiB: got %v, expected %v", i, row.memory/problems.MiB, got, row.want)
		}
	}
	w.Leave(512 * problems.MiB)
	if !w.Enter(problems.MiB) {
		t.Error("no room after a program has left")
	}
}

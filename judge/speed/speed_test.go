package speed

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestTheWorkIsTheSameEachTime(t *testing.T) {
	if a, b := work(1), work(1); a != b || a == 0 {
		t.Errorf("%d and %d", a, b)
	}
	if work(1) == work(2) {
		t.Error("the work does not hang on what is worked on")
	}
}

func TestMissingCoreHasNoSpeed(t *testing.T) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		t.Fatal(err)
	}
	core := 0
	for !set.IsSet(core) {
		core++
	}
	if got := Of(core); got <= 0 {
		t.Errorf("core %d has speed %v", core, got)
	}
	if got := Of(1000); got != 0 {
		t.Errorf("core 1000 has speed %v", got)
	}
	var after unix.CPUSet
	if err := unix.SchedGetaffinity(0, &after); err != nil || after != set {
		t.Errorf("this thread may now run elsewhere: %v, %v", after, err)
	}
}

func BenchmarkWork(b *testing.B) {
	for b.Loop() {
		work(1)
	}
}

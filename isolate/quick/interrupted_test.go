package quick

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestUninterruptedRepeatsInterruptedCalls(t *testing.T) {
	for _, want := range []error{nil, unix.EBUSY} {
		ends := []error{unix.EINTR, unix.EINTR, want, nil}
		calls := 0
		n, err := Uninterrupted(func() (int, error) {
			calls++
			return calls, ends[calls-1]
		})
		if n != 3 || err != want {
			t.Errorf("call %d with %v, want the third with %v", n, err, want)
		}
	}
}

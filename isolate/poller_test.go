package isolate

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

func TestPollerReturnsReadyDescriptors(t *testing.T) {
	out, err := newPoller()
	if err != nil {
		t.Fatal(err)
	}
	defer out.close()
	read, write, err := quick.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(read)
	if err := out.watch(read); err != nil {
		t.Fatal(err)
	}
	wait := func(until time.Duration) []unix.EpollEvent {
		t.Helper()
		ready, err := out.wait(time.Now().Add(until))
		if err != nil {
			t.Fatal(err)
		}
		return ready
	}
	if ready := wait(time.Millisecond); ready != nil {
		t.Errorf("%+v is ready, and nothing was written", ready)
	}
	go unix.Write(write, []byte("x"))
	if ready := wait(time.Minute); len(ready) != 1 || int(ready[0].Fd) != read || ready[0].Events != unix.EPOLLIN {
		t.Errorf("%+v is ready, and something was written", ready)
	}
	quick.Read(read, make([]byte, 1))
	if ready := wait(time.Millisecond); ready != nil {
		t.Errorf("%+v is ready, and all was read", ready)
	}
	go unix.Close(write)
	if ready := wait(time.Minute); len(ready) != 1 || ready[0].Events != unix.EPOLLHUP {
		t.Errorf("%+v is ready, and the other end was closed", ready)
	}
	out.forget(read)
	if ready := wait(time.Millisecond); ready != nil {
		t.Errorf("%+v is ready, and it was forgotten", ready)
	}
}

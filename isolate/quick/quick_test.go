package quick

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

func pair(t *testing.T) (one, other int) {
	t.Helper()
	one, other, err := SocketPair()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(one); unix.Close(other) })
	return one, other
}

func pipe(t *testing.T) (read, write int) {
	t.Helper()
	read, write, err := Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(read); unix.Close(write) })
	return read, write
}

func openDescriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestMessageArrivesWithItsDescriptors(t *testing.T) {
	one, other := pair(t)
	read, write := pipe(t)
	if err := Send(one, []byte("hello"), []int{read, write}); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 10)
	n, fds, err := Receive(other, buffer)
	if err != nil || string(buffer[:n]) != "hello" || len(fds) != 2 {
		t.Fatalf("received %q with %v, %v", buffer[:n], fds, err)
	}
	for _, fd := range fds {
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil || flags&unix.FD_CLOEXEC == 0 {
			t.Errorf("descriptor %d would outlive exec: flags %#x, %v", fd, flags, err)
		}
	}
	if _, err := unix.Write(fds[1], []byte("through")); err != nil {
		t.Fatal(err)
	}
	if n, err := Read(read, buffer); err != nil || string(buffer[:n]) != "through" {
		t.Errorf("read %q, %v", buffer[:max(n, 0)], err)
	}
	Close(fds[0])
	Close(fds[1])
}

func TestTruncatedMessageLeavesNoDescriptor(t *testing.T) {
	one, other := pair(t)
	before := openDescriptors(t)
	if err := Send(one, []byte("too long"), []int{0}); err != nil {
		t.Fatal(err)
	}
	if _, fds, err := Receive(other, make([]byte, 3)); !errors.Is(err, ErrCut) || fds != nil {
		t.Errorf("received %v, %v; expected that the message was cut", fds, err)
	}
	if after := openDescriptors(t); after != before {
		t.Errorf("%d descriptors are open, there were %d", after, before)
	}
}

func TestDescriptorsBeyondTheLimitLeaveNone(t *testing.T) {
	one, other := pair(t)
	before := openDescriptors(t)
	if err := Send(one, []byte("two"), []int{0, 0}); err != nil {
		t.Fatal(err)
	}
	free, err := unix.FcntlInt(0, unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	Close(free)
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: uint64(free) + 1, Max: limit.Max}); err != nil { // room for one of the two
		t.Fatal(err)
	}
	_, fds, err := Receive(other, make([]byte, 8))
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, unix.EMFILE) || fds != nil {
		t.Errorf("received %v, %v; expected that there are too many", fds, err)
	}
	if after := openDescriptors(t); after != before {
		t.Errorf("%d descriptors are open, there were %d", after, before)
	}
}

func TestSocketsDoNotWait(t *testing.T) {
	one, other := pair(t)
	if _, _, err := Receive(other, make([]byte, 1)); !errors.Is(err, unix.EAGAIN) {
		t.Errorf("an empty socket gives %v", err)
	}
	var err error
	for range 1 << 20 { // more messages than a socket can hold
		if err = Send(one, []byte("x"), nil); err != nil {
			break
		}
	}
	if !errors.Is(err, unix.EAGAIN) {
		t.Errorf("a full socket gives %v", err)
	}
	if err := unix.Shutdown(one, unix.SHUT_RDWR); err != nil {
		t.Fatal(err)
	}
	for n := 1; n > 0; {
		var err error
		if n, _, err = Receive(other, make([]byte, 1)); err != nil {
			t.Fatalf("the end of a stream is %v", err)
		}
	}
}

func TestFilesAreReadFromTheirBeginning(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	fd := int(file.Fd())
	for _, text := range []string{"first", "second"} {
		if err := Pwrite(fd, []byte(text)); err != nil {
			t.Fatal(err)
		}
		buffer := make([]byte, 20)
		if n, err := Pread(fd, buffer); err != nil || !bytes.Equal(buffer[:n], []byte(text)) {
			t.Errorf("read %q, %v after writing %q", buffer[:max(n, 0)], err, text)
		}
	}
	if _, err := Pread(-1, make([]byte, 1)); !errors.Is(err, unix.EBADF) {
		t.Errorf("no descriptor gives %v", err)
	}
	if err := Pwrite(-1, nil); !errors.Is(err, unix.EBADF) {
		t.Errorf("no descriptor gives %v", err)
	}
	if _, err := Open("/no/such\x00file"); err == nil {
		t.Error("a name with a NUL was opened")
	}
	if _, err := Open("/no/such/file"); !errors.Is(err, unix.ENOENT) {
		t.Errorf("a file that is not there gives %v", err)
	}
}

func TestPendingCountsBytesOfPipe(t *testing.T) {
	read, write := pipe(t)
	for _, more := range []string{"", "12345", "67"} {
		unix.Write(write, []byte(more))
		readable, err := Readable(read)
		pending, failed := Pending(read)
		if err != nil || failed != nil || readable != (pending > 0) {
			t.Errorf("%d bytes pending, %v; readable %v, %v", pending, failed, readable, err)
		}
	}
	if pending, _ := Pending(read); pending != len("1234567") {
		t.Errorf("%d bytes pending", pending)
	}
}

func TestEpollReturnsReadyDescriptors(t *testing.T) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(epoll)
	read, write := pipe(t)
	silent, _ := pipe(t)
	for _, fd := range []int{read, silent} {
		if err := Watch(epoll, fd); err != nil {
			t.Fatal(err)
		}
	}
	if err := Watch(epoll, read); !errors.Is(err, unix.EEXIST) {
		t.Errorf("to watch a descriptor twice gives %v", err)
	}
	events := make([]unix.EpollEvent, 4)
	if n, err := Ready(epoll, events); n != 0 || err != nil {
		t.Errorf("%d are ready, %v, before anything is written", n, err)
	}
	unix.Write(write, []byte("x"))
	if n, err := Ready(epoll, events); n != 1 || err != nil || int(events[0].Fd) != read || events[0].Events != unix.EPOLLIN {
		t.Errorf("%d are ready, %v, %+v", n, err, events[0])
	}
	Forget(epoll, read)
	Forget(epoll, read) // once more does no harm
	if n, err := Ready(epoll, events); n != 0 || err != nil {
		t.Errorf("%d are ready, %v, after it was taken out", n, err)
	}
}

func TestKillNeedsAProcess(t *testing.T) {
	if err := Kill(-1); !errors.Is(err, unix.EBADF) {
		t.Errorf("no pidfd gives %v", err)
	}
	process, err := os.StartProcess("/bin/sleep", []string{"sleep", "60"}, &os.ProcAttr{})
	if err != nil {
		t.Fatal(err)
	}
	pidfd, err := unix.PidfdOpen(process.Pid, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(pidfd)
	if dead, err := Readable(pidfd); dead || err != nil {
		t.Errorf("dead %v, %v, before it is killed", dead, err)
	}
	if err := Kill(pidfd); err != nil {
		t.Error(err)
	}
	state, err := process.Wait()
	if err != nil || state.String() != "signal: killed" {
		t.Errorf("it ended with %v, %v", state, err)
	}
	if err := Kill(pidfd); !errors.Is(err, unix.ESRCH) {
		t.Errorf("a dead process gives %v", err)
	}
}

func TestReadOfEmptyPipeDoesNotWait(t *testing.T) {
	read, write := pipe(t)
	if err := DoNotWait(read); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 4)
	if n, err := Read(read, buffer); n != 0 || !errors.Is(err, unix.EAGAIN) {
		t.Errorf("an empty pipe gives %d, %v", n, err)
	}
	if flags, err := unix.FcntlInt(uintptr(write), unix.F_GETFL, 0); err != nil || flags&unix.O_NONBLOCK != 0 {
		t.Errorf("the other end has the flags %#x, %v", flags, err)
	}
	if err := DoNotWait(-1); !errors.Is(err, unix.EBADF) {
		t.Errorf("no descriptor gives %v", err)
	}
}

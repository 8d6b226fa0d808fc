package jailer

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// Unlimited is RLIM_INFINITY, no resource limit.
const Unlimited = ^uint64(0)

// Jail is one jail with one process, which waits for its program and then runs it. Its methods do
// not wait unless they say so.
type Jail struct {
	socket socket
	work   int // descriptor of the working directory; -1: not yet, or closed

	mu    sync.Mutex // Kill may come at any time
	pidfd int        // of init; -1: not yet, or closed
}

// Exec is the program to start.
type Exec struct {
	Args, Env       []string
	Directory       string // the working directory; the program's user enters it
	Files           [3]int // descriptors of stdin, stdout, stderr; if the first is -1, stdin is Input at Offset
	Offset          int64
	Stack, FileSize uint64 // bytes, or Unlimited
}

// End is how the program's main process ended. Seen is false if the jail was killed before it could
// report.
type End struct {
	Seen      bool
	ExecError syscall.Errno // the program could not be started; nothing else is set then
	Status    syscall.WaitStatus
	Wall      time.Duration // CLOCK_MONOTONIC from just before exec
	// Ran and Waited are how long the main thread had a core, and waited for one. Late is how long
	// the jail's init waited for one before it saw the end. All are 0 if the kernel does not count.
	Ran, Waited, Late time.Duration
}

// Ready reports whether the jail has reported that it is ready. If not, wait until Socket is
// readable and ask again.
func (j *Jail) Ready() (bool, error) {
	fds, err := j.socket.receiveReply(2)
	if errors.Is(err, unix.EAGAIN) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("prepare a jail: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pidfd, j.work = fds[0], fds[1]
	return true, nil
}

// Socket returns a descriptor that is readable when the jail has a message, or is gone.
func (j *Jail) Socket() int { return j.socket.fd }

// Work returns the descriptor of the working directory of a jail that is ready. It stays readable
// after all processes of the jail are dead, until CloseWork or Close.
func (j *Jail) Work() int { return j.work }

// CloseWork closes the working directory of a running jail. Its files go with the jail's last
// process.
func (j *Jail) CloseWork() {
	quick.Close(j.work)
	j.work = -1
}

// Start turns the waiting process into the program. Call it once.
func (j *Jail) Start(exec Exec) error {
	strings, err := exec.strings()
	if err != nil {
		return err
	}
	files, offset := exec.Files[:], int64(-1)
	if files[0] < 0 {
		files, offset = files[1:], exec.Offset
	}
	message := encode(wireExec{
		Stack: exec.Stack, FileSize: exec.FileSize, Offset: offset,
		Args: uint32(len(exec.Args)), Envs: uint32(len(exec.Env)), Length: uint32(len(strings)),
	})
	if err := j.socket.send(append(message, strings...), files...); err != nil {
		return fmt.Errorf("start the program: %w", err)
	}
	return nil
}

func (e Exec) strings() ([]byte, error) {
	if len(e.Args) == 0 {
		return nil, errors.New("command without arguments: expected at least the program")
	}
	if n := len(e.Args) + len(e.Env); n > wirePointers {
		return nil, fmt.Errorf("%d arguments and environment strings: at most %d are possible", n, wirePointers)
	}
	var all []byte
	for _, list := range [][]string{e.Args, e.Env, {e.Directory}} {
		for _, s := range list {
			if strings.IndexByte(s, 0) >= 0 {
				return nil, fmt.Errorf("argument or environment string %q contains a NUL", s)
			}
			all = append(append(all, s...), 0)
		}
	}
	if len(all) > wireStrings {
		return nil, fmt.Errorf("%d bytes of arguments and environment: at most %d are possible", len(all), wireStrings)
	}
	return all, nil
}

// Kill kills all processes of the jail at once.
func (j *Jail) Kill() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.pidfd >= 0 {
		quick.Kill(j.pidfd) // ESRCH: it is dead already, as intended
	}
}

// End returns how the program's main process ended; false if it has not yet. Other processes may
// still run: init is about to end, and the kernel ends them with it.
func (j *Jail) End() (End, bool, error) {
	var buffer [sizeEnd]byte
	n, fds, err := j.socket.receive(buffer[:])
	closeAll(fds)
	switch {
	case errors.Is(err, unix.EAGAIN):
		return End{}, false, nil
	case err != nil:
		// The jail was killed before init could report: end of stream, or reset if a message from
		// here was unread.
		return End{}, true, nil
	case n == sizeEnd:
		end, err := decode[wireEnd](buffer[:])
		return End{
			Seen: true, Status: syscall.WaitStatus(end.Status), Wall: time.Duration(end.Nanoseconds),
			Ran: time.Duration(end.Ran), Waited: time.Duration(end.Waited), Late: time.Duration(end.Late),
		}, true, err
	default:
		end, err := refusedStart(buffer[:n])
		return end, true, err
	}
}

// DirectoryError says that the program's user cannot enter the working directory.
type DirectoryError struct{ Errno syscall.Errno }

// Error names the cause.
func (e *DirectoryError) Error() string {
	return "cannot enter the working directory: " + e.Errno.Error()
}

func refusedStart(message []byte) (End, error) {
	err := decodeReply(message)
	var step *StepError
	if errors.As(err, &step) && step.Step == steps[stepExec] {
		return End{Seen: true, ExecError: step.Errno}, nil
	}
	if step != nil && step.Step == steps[stepDirectory] {
		return End{}, &DirectoryError{step.Errno}
	}
	if err == nil {
		err = errors.New("unexpected message from the jail")
	}
	return End{}, fmt.Errorf("start the program: %w", err)
}

// Dead reports whether all processes of the jail are dead, init among them. A pidfd becomes
// readable when its process has ended. The init of a pid namespace ends after the kernel has killed
// and reaped all other processes in it; see pidfd_open(2), pid_namespaces(7).
func (j *Jail) Dead() (bool, error) {
	dead, err := quick.Readable(j.pidfd)
	if err != nil {
		return false, fmt.Errorf("poll a jail: %w", err)
	}
	return dead, nil
}

// WaitDead waits until Dead is true.
func (j *Jail) WaitDead() error {
	for {
		if dead, err := j.Dead(); dead || err != nil {
			return err
		}
		_, err := unix.Poll([]unix.PollFd{{Fd: int32(j.pidfd), Events: unix.POLLIN}}, -1)
		if err != nil && err != unix.EINTR {
			return fmt.Errorf("wait for a jail: %w", err)
		}
	}
}

// Close kills all processes that are left, waits for them, and releases the jail's file systems.
func (j *Jail) Close() error {
	err := j.kill()
	if j.work >= 0 {
		unix.Close(j.work) // releasing the files in it may take long
	}
	j.socket.close()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.pidfd >= 0 {
		quick.Close(j.pidfd)
	}
	j.work, j.pidfd = -1, -1
	return err
}

// kill kills all processes that are left, and waits for them. In a jail that is not ready yet, the
// process that waits for a program gives up when the socket is shut down.
func (j *Jail) kill() error {
	if j.pidfd < 0 {
		unix.Shutdown(j.socket.fd, unix.SHUT_WR)
	}
	for j.pidfd < 0 {
		if err := j.socket.wait(unix.POLLIN); err != nil {
			return fmt.Errorf("wait for a jail: %w", err)
		}
		if _, err := j.Ready(); errors.Is(err, ErrGone) {
			return nil
		}
	}
	if dead, err := j.Dead(); dead || err != nil {
		return err
	}
	j.Kill()
	return j.WaitDead()
}

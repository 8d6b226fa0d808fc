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

// Unlimited is the absence of a resource limit, RLIM_INFINITY.
const Unlimited = ^uint64(0)

// Jail is one jail with one process in it that waits for its program, then runs it. Its methods wait for nothing but where they say so.
type Jail struct {
	socket socket
	work   int // descriptor of the working directory; -1: not yet, or no more

	mu    sync.Mutex // Kill may come at any time
	pidfd int        // of init; -1: not yet, or no more
}

// Exec is the program to start.
type Exec struct {
	Args, Env       []string
	Files           [3]int // descriptors of stdin, stdout, stderr; the first -1: stdin is Input, at Offset
	Offset          int64
	Stack, FileSize uint64 // bytes; Unlimited
}

// End is how the program's main process ended. Seen is false when the jail was killed before it could tell.
type End struct {
	Seen      bool
	ExecError syscall.Errno // the program could not be started; nothing else is set then
	Status    syscall.WaitStatus
	Wall      time.Duration // CLOCK_MONOTONIC from just before exec
	// Ran and Waited are how long the main thread had a core, and waited for one; Late is how long the jail's init waited for one to see the
	// end. All are 0 where the kernel does not count.
	Ran, Waited, Late time.Duration
}

// Ready reports whether the jail has said that it is ready. Whether it is worth while to ask again shows on Socket.
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

// Socket is a descriptor that can be read when the jail has something to say, or has gone.
func (j *Jail) Socket() int { return j.socket.fd }

// Work is the descriptor of the working directory of a jail that is ready. It stays readable after every process of the jail is dead,
// until CloseWork or Close.
func (j *Jail) Work() int { return j.work }

// CloseWork closes the working directory of a jail that lives: what is in it goes with the jail's last process.
func (j *Jail) CloseWork() {
	quick.Close(j.work)
	j.work = -1
}

// Start lets the waiting process become the program. Call it once.
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
		return nil, errors.New("a command without arguments: name at least the program")
	}
	if n := len(e.Args) + len(e.Env); n > wirePointers {
		return nil, fmt.Errorf("%d arguments and environment strings, at most %d are possible", n, wirePointers)
	}
	var all []byte
	for _, list := range [][]string{e.Args, e.Env} {
		for _, s := range list {
			if strings.IndexByte(s, 0) >= 0 {
				return nil, fmt.Errorf("the argument or environment string %q holds a NUL", s)
			}
			all = append(append(all, s...), 0)
		}
	}
	if len(all) > wireStrings {
		return nil, fmt.Errorf("arguments and environment take %d bytes, at most %d are possible", len(all), wireStrings)
	}
	return all, nil
}

// Kill kills every process of the jail, at once.
func (j *Jail) Kill() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.pidfd >= 0 {
		quick.Kill(j.pidfd) // ESRCH: it is dead already, which is what was wanted
	}
}

// End returns how the program's main process ended; false when it has not yet. Other processes may still be there: init is about to end, and the
// kernel ends them with it.
func (j *Jail) End() (End, bool, error) {
	var buffer [sizeEnd]byte
	n, fds, err := j.socket.receive(buffer[:])
	closeAll(fds)
	switch {
	case errors.Is(err, unix.EAGAIN):
		return End{}, false, nil
	case err != nil:
		// The jail was killed before init could tell: end of stream, or reset when a message of ours was unread.
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

func refusedStart(message []byte) (End, error) {
	err := decodeReply(message)
	var step *StepError
	if errors.As(err, &step) && step.Step == steps[stepExec] {
		return End{Seen: true, ExecError: step.Errno}, nil
	}
	if err == nil {
		err = errors.New("the jail answered out of turn")
	}
	return End{}, fmt.Errorf("start the program: %w", err)
}

// Dead reports whether every process of the jail is dead, init among them. A pidfd becomes readable when its process has ended, which for
// the init of a pid namespace is after every other process in it has been killed and reaped; see pidfd_open(2), pid_namespaces(7).
func (j *Jail) Dead() (bool, error) {
	dead, err := quick.Readable(j.pidfd)
	if err != nil {
		return false, fmt.Errorf("look at a jail: %w", err)
	}
	return dead, nil
}

// WaitDead waits until Dead.
func (j *Jail) WaitDead() error {
	for {
		if dead, err := j.Dead(); dead || err != nil {
			return err
		}
		if _, err := unix.Poll([]unix.PollFd{{Fd: int32(j.pidfd), Events: unix.POLLIN}}, -1); err != nil && err != unix.EINTR {
			return fmt.Errorf("wait for a jail: %w", err)
		}
	}
}

// Close kills what is left, waits for it, and lets the jail's file systems go.
func (j *Jail) Close() error {
	err := j.kill()
	if j.work >= 0 {
		unix.Close(j.work) // to free what is in it may take long
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

// kill kills all that is left, and waits for it. In a jail that has not yet said that it is ready, whoever waits for a program gives up
// when the socket is shut.
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

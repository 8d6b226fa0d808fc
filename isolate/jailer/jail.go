package jailer

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Unlimited is the absence of a resource limit, RLIM_INFINITY.
const Unlimited = ^uint64(0)

// Jail is one jail with one process in it that waits for its program, then runs it.
type Jail struct {
	// Work is the working directory; it stays readable after every process of the jail is dead, until Close.
	Work *os.File

	socket *socket
	pidfd  *os.File
}

// Exec is the program to start.
type Exec struct {
	Args, Env       []string
	Files           [3]*os.File // stdin, stdout, stderr
	Stack, FileSize uint64      // bytes; Unlimited
}

// End is how the program's main process ended. Seen is false when the jail was killed before it could tell.
type End struct {
	Seen      bool
	ExecError syscall.Errno // the program could not be started; nothing else is set then
	Status    syscall.WaitStatus
	Wall      time.Duration // CLOCK_MONOTONIC from just before exec
}

// newJail waits for the jail's word that it is ready.
func newJail(socket *socket) (*Jail, error) {
	fds, err := socket.receiveReply(2, time.Now().Add(patience))
	if err == nil {
		err = socket.file.SetReadDeadline(time.Time{})
	}
	if err != nil {
		closeAll(fds)
		socket.close()
		return nil, fmt.Errorf("prepare a jail: %w", err)
	}
	return &Jail{
		socket: socket,
		pidfd:  os.NewFile(uintptr(fds[0]), "pidfd"),
		Work:   os.NewFile(uintptr(fds[1]), "work"),
	}, nil
}

// Start lets the waiting process become the program. Call it once.
func (j *Jail) Start(exec Exec) error {
	strings, err := exec.strings()
	if err != nil {
		return err
	}
	message := encode(wireExec{
		Stack: exec.Stack, FileSize: exec.FileSize,
		Args: uint32(len(exec.Args)), Envs: uint32(len(exec.Env)), Length: uint32(len(strings)),
	})
	var fds []int
	for _, file := range exec.Files {
		fds = append(fds, int(file.Fd()))
	}
	if err := j.socket.send(append(message, strings...), fds...); err != nil {
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
	raw, err := j.pidfd.SyscallConn()
	if err != nil {
		return // closed, and Close has killed
	}
	raw.Control(func(fd uintptr) {
		// ESRCH: it is dead already, which is what was wanted.
		unix.PidfdSendSignal(int(fd), unix.SIGKILL, nil, 0)
	})
}

// WaitEnd waits for the end of the program's main process and returns how it ended. Other processes may still be there:
// init is about to end, and the kernel ends them with it.
func (j *Jail) WaitEnd() (End, error) {
	buffer := make([]byte, sizeEnd)
	n, fds, err := j.socket.receive(buffer, time.Time{})
	closeAll(fds)
	switch {
	case err != nil:
		// The jail was killed before init could tell: end of stream, or reset when a message of ours was unread.
		return End{}, nil
	case n == sizeEnd:
		end, err := decodeEnd(buffer)
		return End{Seen: true, Status: syscall.WaitStatus(end.Status), Wall: time.Duration(end.Nanoseconds)}, err
	default:
		return refusedStart(buffer[:n])
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

// WaitDead waits until every process of the jail is dead, init among them. A pidfd becomes readable when its process has ended, which for the init of a pid
// namespace is after every other process in it has been killed and reaped; see pidfd_open(2), pid_namespaces(7).
func (j *Jail) WaitDead() error {
	raw, err := j.pidfd.SyscallConn()
	if err != nil {
		return fmt.Errorf("wait for a jail: %w", err)
	}
	var failed error
	err = raw.Read(func(fd uintptr) bool {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 0)
		if err != nil && err != unix.EINTR {
			failed = err
			return true
		}
		return n > 0
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return fmt.Errorf("wait for a jail: %w", err)
	}
	return nil
}

// Close kills what is left, waits for it, and lets the jail's file systems go.
func (j *Jail) Close() error {
	j.Kill()
	err := j.WaitDead()
	j.Work.Close()
	j.socket.close()
	j.pidfd.Close()
	return err
}

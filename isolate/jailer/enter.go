package jailer

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// entering is the environment variable that tells userns.c to enter a user namespace, and that
// holds its answer.
const entering = "JUDGE_USER_NAMESPACE"

// Mapping is the users and groups of a new user namespace. The process's own user is 0 in it if
// there are Subordinate ones, and First otherwise.
type Mapping struct {
	First       uint32 // the first id in the namespace that jails may have
	Subordinate IDs    // of the host; zero: only the user's own, as First
	Groups      IDs
}

// IDs is a range of Count ids from First on.
type IDs struct{ First, Count uint32 }

// EnterError names the step at which entering a user namespace was refused: "unshare", "map" or
// "capabilities".
type EnterError struct {
	Step  string
	Errno syscall.Errno
}

// Error names the step and the errno.
func (e *EnterError) Error() string {
	return "enter a user namespace (" + e.Step + "): " + e.Errno.Error()
}

// Unwrap returns the errno.
func (e *EnterError) Unwrap() error { return e.Errno }

// Entered reports whether Enter started this process. The error is an *EnterError if the namespace
// was refused.
func Entered() (bool, error) {
	answer := os.Getenv(entering)
	if answer == "" {
		return false, nil
	}
	var step string
	var errno int
	if _, err := fmt.Sscanf(answer, "%s %d", &step, &errno); err != nil {
		return true, fmt.Errorf("the environment variable %s=%q is internal: unset it", entering, answer)
	}
	if step == "done" {
		return true, nil
	}
	return true, &EnterError{step, syscall.Errno(errno)}
}

// Enter restarts this program in a new user and mount namespace, within this very process, with the
// same arguments, environment and descriptors. It returns only if that fails. The restarted program
// asks Entered for the result.
func Enter(m Mapping) error {
	how := fmt.Sprintf("one %d", m.First)
	if m.Subordinate.Count > 0 {
		pipe, mapper, err := startMapper(m)
		if err != nil {
			return err
		}
		how = fmt.Sprintf("many %d %d", pipe, mapper)
	}
	const room = 40 // bytes for the answer
	env := append(os.Environ(), fmt.Sprintf("%s=%-*s", entering, room, how))
	return fmt.Errorf("restart in a user namespace: %w", syscall.Exec("/proc/self/exe", os.Args, env))
}

// startMapper starts a shell that waits for a line and then maps ids into the namespace of this
// process. It returns the descriptor to write the line to, which survives exec. Without the line,
// the shell ends with this process.
func startMapper(m Mapping) (pipe, pid int, err error) {
	read, write, err := os.Pipe()
	if err != nil {
		return 0, 0, fmt.Errorf("create a pipe: %w", err)
	}
	defer read.Close()
	defer write.Close()
	mapper := exec.Command("/bin/sh", "-c", "read line && "+
		mapCommand("newuidmap", os.Geteuid(), m.First, m.Subordinate)+" && "+
		mapCommand("newgidmap", os.Getegid(), m.First, m.Groups))
	mapper.Stdin, mapper.Stderr = read, os.Stderr
	if err := mapper.Start(); err != nil {
		return 0, 0, fmt.Errorf("start newuidmap: %w", err)
	}
	pipe, err = unix.FcntlInt(write.Fd(), unix.F_DUPFD, 3) // without close-on-exec
	if err != nil {
		return 0, 0, errors.Join(fmt.Errorf("duplicate a pipe: %w", err), mapper.Process.Kill())
	}
	return pipe, mapper.Process.Pid, nil
}

// mapCommand maps 0 to the user's own id, and the jails' ids to the subordinate ones: newuidmap(1).
func mapCommand(program string, own int, first uint32, ids IDs) string {
	return strings.Join([]string{program, fmt.Sprint(os.Getpid()), "0", fmt.Sprint(own), "1",
		fmt.Sprint(first), fmt.Sprint(ids.First), fmt.Sprint(ids.Count)}, " ")
}

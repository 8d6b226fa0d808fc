// Package jailer starts and speaks to the processes that make jails.
//
// The part that cannot be Go is in C, in this folder: jailer.c holds the theory of operation, wire.h the messages. The
// judge's own executable is the jailer's too: started under the name "judge-jailer" it enters the C constructor and
// never reaches the Go runtime. So whatever links this package can start jailers, test binaries included.
package jailer

/*
#cgo CFLAGS: -O2 -Wall -Wextra
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// Setup is what all jails of one jailer share. Start closes neither the root nor the trees.
type Setup struct {
	Root    *os.File // detached tmpfs (fsmount) that holds every target, and /box and /proc
	Mounts  []Mount  // in the order in which they are attached
	Options string   // mount options of the scratch tmpfs of each jail
	Filter  []byte   // seccomp program, array of struct sock_filter
	Permit  uint64   // what a call carries as its sixth argument that the filter would refuse otherwise

	UserNamespace bool // this process is in one: /proc can only be mounted where one is in sight
	KeepGroups    bool // supplementary groups cannot be dropped: /proc/self/setgroups says deny, user_namespaces(7)
}

// Mount is a detached tree (open_tree) for a target, which is relative to the root.
type Mount struct {
	Target string
	Tree   *os.File
}

// Jailer is one jailer process.
type Jailer struct {
	process *exec.Cmd
	socket  socket
}

// Start starts a jailer and waits until its root stands.
func Start(setup Setup) (*Jailer, error) {
	message, filter, err := setup.encode()
	if err != nil {
		return nil, err
	}
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	child := os.NewFile(uintptr(theirs), "jailer's end")
	defer child.Close()
	// /proc/self/exe, not os.Args[0]: it stays this very program when the file has been replaced.
	process := exec.Command("/proc/self/exe")
	process.Args = []string{"judge-jailer"}
	process.Env = []string{}
	process.Dir = "/"
	process.ExtraFiles = []*os.File{child}                   // becomes descriptor 3
	process.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // out of reach of the terminal's Ctrl-C
	if setup.UserNamespace {
		process.SysProcAttr.Cloneflags = syscall.CLONE_NEWPID // so that the /proc in sight shows no process of the user
	}
	if err := process.Start(); err != nil {
		ours.close()
		return nil, fmt.Errorf("start a jailer: %w", err)
	}
	j := &Jailer{process: process, socket: ours}
	child.Close() // so that the jailer's death is the end of the stream
	if err := j.setUp(message, filter, setup); err != nil {
		j.Close()
		return nil, fmt.Errorf("prepare a jail's root: %w", err)
	}
	return j, nil
}

func (j *Jailer) setUp(message, filter []byte, setup Setup) error {
	fds := []int{int(setup.Root.Fd())}
	for _, m := range setup.Mounts {
		fds = append(fds, int(m.Tree.Fd()))
	}
	if err := j.socket.send(message, fds...); err != nil {
		return err
	}
	if err := j.socket.send(filter); err != nil {
		return err
	}
	if err := j.socket.wait(unix.POLLIN); err != nil {
		return err
	}
	_, err := j.socket.receiveReply(0)
	return err
}

func (s Setup) encode() (message, filter []byte, err error) {
	if len(s.Mounts) > wireMounts {
		return nil, nil, fmt.Errorf("a jail sees %d host paths, at most %d are possible: name directories, not files", len(s.Mounts), wireMounts)
	}
	if len(s.Filter)%8 != 0 || len(s.Filter) > 8*wireInstructions {
		return nil, nil, fmt.Errorf("a filter of %d bytes does not fit", len(s.Filter))
	}
	setup := wireSetup{wireSetupHead: wireSetupHead{
		Version: wireVersion, Mounts: uint32(len(s.Mounts)), UserNamespace: flag(s.UserNamespace), KeepGroups: flag(s.KeepGroups),
	}}
	if err := copyString(setup.Options[:], s.Options); err != nil {
		return nil, nil, err
	}
	for i, m := range s.Mounts {
		if err := copyString(setup.Targets[i][:], m.Target); err != nil {
			return nil, nil, err
		}
	}
	program := wireFilter{wireFilterHead: wireFilterHead{Count: uint32(len(s.Filter) / 8), Permit: s.Permit}}
	copy(program.Instructions[:], s.Filter)
	return setup.encode(), program.encode(), nil
}

// Prepare asks for a jail whose program's process is attached to the cgroups, by descriptors of their cgroup.procs, runs on the CPU
// with that number, and waits for Exec. uid is the user and the group of the program. It does not wait for the jail: see Ready. Several
// may be prepared at a time.
func (j *Jailer) Prepare(uid uint32, cpu int, cgroups []int) (*Jail, error) {
	if len(cgroups) > wireCgroups {
		return nil, fmt.Errorf("%d cgroups for one jail, at most %d are possible", len(cgroups), wireCgroups)
	}
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	request := wirePrepare{Cgroups: uint32(len(cgroups)), UID: uid, CPU: uint32(cpu)}
	err = j.socket.send(encode(request), append([]int{theirs}, cgroups...)...)
	quick.Close(theirs) // the jail holds it now, so its death ends the stream
	if err != nil {
		ours.close()
		return nil, fmt.Errorf("make a jail: %w", err)
	}
	return &Jail{socket: ours, work: -1, pidfd: -1}, nil
}

// Close ends the jailer and with it every jail that it made, and waits until the jailer is gone.
func (j *Jailer) Close() error {
	j.socket.close()
	if err := j.process.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end a jailer: %w", err)
	}
	j.process.Wait() // its status says nothing: it was killed
	return nil
}

// PID is the jailer's process id.
func (j *Jailer) PID() int { return j.process.Process.Pid }

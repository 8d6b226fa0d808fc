// Package jailer starts the processes that make jails, and exchanges messages with them.
//
// The part that cannot be Go is in C, in this folder: jailer.c explains how it works, wire.h the
// messages. The judge's own executable is the jailer as well: started under the name "judge-jailer"
// it enters the C constructor and never reaches the Go runtime. So every program that links this
// package can start jailers, test binaries included.
package jailer

/*
#cgo CFLAGS: -O2 -Wall -Wextra
*/
import "C"

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// Host is what a jailer needs to know about its host.
type Host struct {
	UserNamespace bool   // this process is in one: /proc can only be mounted where another one is visible
	KeepGroups    bool   // supplementary groups cannot be dropped: /proc/self/setgroups is "deny", user_namespaces(7)
	OpenFiles     uint32 // limit for each program
}

// Setup is what all jails of one jailer share. SetUp closes neither the root nor the trees.
type Setup struct {
	Root    *os.File // detached tmpfs (fsmount) that holds every target, and /box and /proc
	Stage   *os.File // another one, for mounts without a tree and for Input
	Mounts  []Mount  // in the order in which they are attached
	Options string   // mount options of the scratch tmpfs of each jail
	Filter  []byte   // seccomp program, array of struct sock_filter
	Permit  uint64   // sixth argument with which a call passes the filter, see docs/jail.md
}

// Mount is a detached tree (open_tree) for a target, which is relative to the root. A mount without
// a tree shows the stage's content at that path.
type Mount struct {
	Target string
	Tree   *os.File
}

// Input is the path in the stage, and in the jails, of a program's stdin if Exec.Files has none.
const Input = "/dev/in/stdin"

// Jailer is one jailer process.
type Jailer struct {
	process *exec.Cmd
	socket  socket
	host    Host
	network network // set by SetUp
}

// Start starts a jailer without waiting for it. It can make jails after SetUp.
func Start(host Host) (*Jailer, error) {
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	child := os.NewFile(uintptr(theirs), "jailer's end")
	defer child.Close() // so that the jailer's death ends the stream
	// /proc/self/exe, not os.Args[0]: it remains this program if the file has been replaced.
	process := exec.Command("/proc/self/exe")
	process.Args = []string{"judge-jailer"}
	process.Env = []string{}
	process.Dir = "/"
	process.ExtraFiles = []*os.File{child}                   // becomes descriptor 3
	process.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // out of reach of the terminal's Ctrl-C
	if host.UserNamespace {
		process.SysProcAttr.Cloneflags = syscall.CLONE_NEWPID // so that the visible /proc shows no process of the user
	}
	if err := process.Start(); err != nil {
		ours.close()
		return nil, fmt.Errorf("start a jailer: %w", err)
	}
	return &Jailer{process: process, socket: ours, host: host}, nil
}

// SetUp gives the jailer its root and waits until it is complete. Call it once. After an error the
// jailer can only be closed.
func (j *Jailer) SetUp(setup Setup) error {
	message, filter, err := setup.encode(j.host)
	if err != nil {
		return err
	}
	j.follow()
	fds := []int{int(setup.Root.Fd()), int(setup.Stage.Fd())}
	for _, m := range setup.Mounts {
		if m.Tree != nil {
			fds = append(fds, int(m.Tree.Fd()))
		}
	}
	if err = j.socket.send(message, fds...); err == nil {
		err = j.socket.send(filter)
	}
	if err == nil {
		err = j.socket.wait(unix.POLLIN)
	}
	if err == nil {
		_, err = j.socket.receiveReply(0)
	}
	if err == nil {
		j.network, err = openNetwork(j.PID())
	}
	if err != nil {
		return fmt.Errorf("prepare a jail's root: %w", err)
	}
	return nil
}

// Clean reports whether nothing is left of the programs that ran so far, all of which must be dead.
// A socket that only messages in transit hold outlives them until the kernel finds it
// (net/unix/garbage.c), and the next program could reach it by its abstract name. A jailer that is
// not clean should be closed.
func (j *Jailer) Clean() bool { return j.network.empty() }

// follow lets the jailer run where this process may run now, which may have changed since it
// started.
func (j *Jailer) follow() {
	var set unix.CPUSet
	if unix.SchedGetaffinity(0, &set) == nil {
		unix.SchedSetaffinity(j.PID(), &set) // if that is refused, it stays where it was
	}
}

func (s Setup) encode(host Host) (message, filter []byte, err error) {
	if len(s.Mounts) > wireMounts {
		return nil, nil, fmt.Errorf("%d host paths in a jail: at most %d are possible: name directories, not files",
			len(s.Mounts), wireMounts)
	}
	if len(s.Filter)%8 != 0 || len(s.Filter) > 8*wireInstructions {
		return nil, nil, fmt.Errorf("the filter of %d bytes is too long", len(s.Filter))
	}
	setup := wireSetup{wireSetupHead: wireSetupHead{
		Version: wireVersion, Mounts: uint32(len(s.Mounts)),
		UserNamespace: flag(host.UserNamespace), KeepGroups: flag(host.KeepGroups),
		OpenFiles: host.OpenFiles,
	}}
	if err := copyString(setup.Options[:], s.Options); err != nil {
		return nil, nil, err
	}
	for i, m := range s.Mounts {
		if err := copyString(setup.Targets[i][:], m.Target); err != nil {
			return nil, nil, err
		}
		setup.Staged[i] = uint8(flag(m.Tree == nil))
	}
	program := wireFilter{wireFilterHead: wireFilterHead{Count: uint32(len(s.Filter) / 8), Permit: s.Permit}}
	copy(program.Instructions[:], s.Filter)
	return setup.encode(), program.encode(), nil
}

// Cgroups are the control groups of a program's process. The zero value is none.
type Cgroups struct {
	fds  []int
	born bool
}

// Attached returns the groups of descriptors of cgroup.procs, one per hierarchy.
func Attached(procs ...int) Cgroups { return Cgroups{fds: procs} }

// BornIn returns the group of a descriptor of a v2 group's directory.
func BornIn(directory int) Cgroups { return Cgroups{fds: []int{directory}, born: true} }

// Prepare asks for a jail whose program's process is in the cgroups, runs on the CPU with that
// number, and waits for Exec. uid is the user and the group of the program. Prepare does not wait
// for the jail, see Ready. Several jails may be prepared at once.
func (j *Jailer) Prepare(uid uint32, cpu int, cgroups Cgroups) (*Jail, error) {
	if len(cgroups.fds) > wireCgroups {
		return nil, fmt.Errorf("%d cgroups for one jail: at most %d are possible", len(cgroups.fds), wireCgroups)
	}
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	request := wirePrepare{Cgroups: uint32(len(cgroups.fds)), UID: uid, CPU: uint32(cpu), Born: flag(cgroups.born)}
	err = j.socket.send(encode(request), append([]int{theirs}, cgroups.fds...)...)
	quick.Close(theirs) // the jail holds it now, so its death ends the stream
	if err != nil {
		ours.close()
		return nil, fmt.Errorf("make a jail: %w", err)
	}
	return &Jail{socket: ours, work: -1, pidfd: -1}, nil
}

// Close ends the jailer and with it all its jails, and waits until the jailer is gone.
func (j *Jailer) Close() error {
	j.socket.close()
	j.network.close()
	if err := j.process.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end a jailer: %w", err)
	}
	j.process.Wait() // the status means nothing: it was killed
	return nil
}

// Alive reports whether the jailer neither has ended nor is about to. A dying jailer kills its
// jails a moment before wait(2) reports its end: the kernel signals the children (PR_SET_PDEATHSIG)
// after it has set PF_EXITING, and before the process is a zombie.
func (j *Jailer) Alive() bool {
	var info unix.Siginfo
	err := unix.Waitid(unix.P_PID, j.PID(), &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
	return err == nil && info.Signo == 0 && !exiting(j.PID())
}

// exiting reports whether a process is exiting, by its flags in /proc/PID/stat (proc(5), field 9).
func exiting(pid int) bool {
	const (
		pfExiting = 0x4 // PF_EXITING of the kernel's include/linux/sched.h
		flags     = 6   // index after the name, which may contain any character
	)
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) <= flags {
		return true
	}
	set, err := strconv.ParseUint(fields[flags], 10, 64)
	return err != nil || set&pfExiting != 0
}

// PID returns the jailer's process id.
func (j *Jailer) PID() int { return j.process.Process.Pid }
